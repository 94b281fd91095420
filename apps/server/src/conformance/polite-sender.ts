import { setTimeout } from "node:timers/promises";
import { parseInstant } from "../tokens/instant.ts";
import { Clock } from "../world/clock.ts";
import type { Send } from "./case.ts";
import type { Memory } from "./pattern.ts";
import { type Exchanged, sendTo, type Target } from "./target.ts";

/** How a run treats its target; in milliseconds. */
export interface Manners {
  /** How long an answer may take. */
  readonly timeout: number;
  /** Waits, or stops waiting when the signal says so. */
  readonly sleep: (milliseconds: number, signal: AbortSignal) => Promise<void>;
}

export const goodManners: Manners = { timeout: 30_000, sleep };

/** The troubles in a row that end a run: the target is ill, or wants to be left alone. */
const mostTroubles = 3;
const longestWait = 60_000;

/** Sends one request after the other, waits where the target asks for it, and notices when it is time to stop. */
export class PoliteSender {
  readonly #target: Target;
  readonly #manners: Manners;
  readonly #stop: AbortSignal;
  #troubles = 0;
  #wish: string | undefined;

  constructor(target: Target, manners: Manners, stop: AbortSignal) {
    this.#target = target;
    this.#manners = manners;
    this.#stop = stop;
  }

  /** Why nothing more should be sent; undefined while all is well. */
  get whyStop(): string | undefined {
    if (this.#wish !== undefined) return this.#wish;
    if (this.#troubles < mostTroubles) return undefined;
    return `the target answered 429, 5xx or nothing ${mostTroubles} times in a row`;
  }

  /** Rejects where no answer comes. An answer of the status that is expected is no trouble, whatever it says. */
  async send(send: Send, memory: Memory, expected: number): Promise<Exchanged> {
    const answer = await this.#sendOnce(send, memory);
    if (answer.status === expected || !(answer.status === 429 || answer.status >= 500)) {
      this.#troubles = 0;
      return answer;
    }
    this.#troubles += 1;
    const wait = isUnavailable(answer) ? retryAfter(answer) : undefined;
    if (wait === undefined) return answer;
    if (wait > longestWait) {
      this.#wish = `the target asks to be left alone for ${Math.ceil(wait / 1000)} seconds`;
      return answer;
    }
    if (this.whyStop !== undefined || this.#stop.aborted) return answer;
    await this.#manners.sleep(wait, this.#stop);
    return this.#stop.aborted ? answer : this.send(send, memory, expected);
  }

  async #sendOnce(send: Send, memory: Memory): Promise<Exchanged> {
    // What may change something is never let go of half-way: what it created has to be known.
    const signals = [AbortSignal.timeout(this.#manners.timeout), ...(send.method === "GET" ? [this.#stop] : [])];
    try {
      return await sendTo(this.#target, send, memory, AbortSignal.any(signals));
    } catch (error) {
      this.#troubles += 1;
      throw error;
    }
  }
}

/** Whether the answer says nothing but that the target answers nothing now. */
export const isUnavailable = ({ status }: Pick<Exchanged, "status">): boolean => [429, 502, 503, 504].includes(status);

/** How long the answer asks to wait, in milliseconds; undefined where it does not ask. */
function retryAfter({ responseHeaders }: Exchanged): number | undefined {
  const value = responseHeaders.get("retry-after");
  if (value === null) return undefined;
  if (/^\d+$/.test(value)) return Number(value) * 1000;
  try {
    return Math.max(0, parseInstant(value) - new Clock().now());
  } catch {
    return undefined;
  }
}

async function sleep(milliseconds: number, signal: AbortSignal): Promise<void> {
  // It rejects where the signal ends it, which is as good as having slept.
  await setTimeout(milliseconds, undefined, { signal }).catch(() => undefined);
}
