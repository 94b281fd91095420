import type { RuleSource } from "@dayzero-tokens/contract";
import { stopwatch } from "../world/clock.ts";
import type { Case, Send, Step } from "./case.ts";
import { Cleanup, type LeftBehind } from "./cleanup.ts";
import { judge } from "./judge.ts";
import { ledger } from "./ledger.ts";
import { fill, type Memory, type Mismatch } from "./pattern.ts";
import { goodManners, isUnavailable, type Manners, PoliteSender } from "./polite-sender.ts";
import { type Revision, RevisionReader } from "./revision.ts";
import { type Exchanged, startingMemory, type Target } from "./target.ts";

/** How a case came out. */
export type Outcome =
  | { readonly kind: "passed" }
  | {
      readonly kind: "failed";
      /** Which of the case's steps failed; 0 is the making of its sandbox. */
      readonly step: number;
      readonly answer: Exchanged;
      readonly mismatches: readonly Mismatch[];
      readonly memory: Memory;
    }
  | { readonly kind: "not-run"; readonly reason: string };

export interface Result {
  readonly case: Case;
  readonly source: RuleSource;
  readonly outcome: Outcome;
  /** Of an inference that is not so on a real target: worth telling, no failure of the target. */
  readonly isTolerated: boolean;
  readonly milliseconds: number;
}

export interface SuiteOptions {
  readonly cases: readonly Case[];
  /** Whether an inference that fails counts as a failure. */
  readonly strict: boolean;
  /** Ends the run; what was created is still taken back. */
  readonly signal: AbortSignal;
  readonly onCase?: (each: Case) => void;
  readonly onResult?: (result: Result) => void;
  readonly manners?: Manners;
}

export interface SuiteReport {
  readonly results: readonly Result[];
  readonly leftBehind: LeftBehind;
  /** Which revision the target speaks; undefined where no success came. */
  readonly revision: Revision | undefined;
  /** How many requests were sent. */
  readonly requests: number;
}

/** The most tokens that a run creates on the target's own account, whatever the target answers. */
const mostTokens = 3;

/** Puts the cases to the target one after the other, and takes back what they created whatever happens. */
export async function runSuite(target: Target, options: SuiteOptions): Promise<SuiteReport> {
  const { manners = goodManners, strict, signal } = options;
  let requests = 0;
  const counted: Target = {
    ...target,
    carrier: {
      ...target.carrier,
      carry(request) {
        requests += 1;
        return target.carrier.carry(request);
      },
    },
  };
  const memory: Record<string, unknown> = startingMemory(target);
  const cleanup = new Cleanup(counted, fill("{{run.name}}", memory));
  const run = new Run(counted, options, new PoliteSender(counted, manners, signal), cleanup);
  const results: Result[] = [];
  let leftBehind: LeftBehind = { ids: [], name: undefined };
  try {
    for (const each of options.cases) {
      options.onCase?.(each);
      const elapsed = stopwatch();
      const outcome = await run.case(each, memory);
      const { source } = ledger[each.rule];
      const isTolerated = outcome.kind === "failed" && source === "inferred" && !strict;
      const result = { case: each, source, outcome, isTolerated, milliseconds: elapsed() };
      results.push(result);
      options.onResult?.(result);
    }
  } finally {
    // With manners of its own: neither an interruption nor earlier troubles keep it from trying.
    leftBehind = await cleanup.takeBack(new PoliteSender(counted, manners, new AbortController().signal));
  }
  return { results, leftBehind, revision: run.revision, requests };
}

/** One run: how it puts a case to its target. */
class Run {
  readonly #target: Target;
  readonly #options: SuiteOptions;
  readonly #sender: PoliteSender;
  readonly #cleanup: Cleanup;
  readonly #reader = new RevisionReader();

  constructor(target: Target, options: SuiteOptions, sender: PoliteSender, cleanup: Cleanup) {
    this.#target = target;
    this.#options = options;
    this.#sender = sender;
    this.#cleanup = cleanup;
  }

  get revision(): Revision | undefined {
    return this.#reader.found;
  }

  async case(each: Case, memory: Record<string, unknown>): Promise<Outcome> {
    const reason = this.#whyNot(each, memory);
    if (reason !== undefined) return { kind: "not-run", reason };
    // A sandbox's case keeps what it brings to itself; later cases build on the others.
    const own = each.sandbox === undefined ? memory : { ...memory };
    if (each.sandbox !== undefined) {
      const send = { method: "POST", path: "/_double/sandboxes", json: each.sandbox };
      const outcome = await this.#step({ as: "sandbox", send, expect: { status: 201 } }, own, 0);
      if (outcome !== undefined) return outcome;
    }
    for (const [at, step] of each.steps.entries()) {
      const outcome = await this.#step(step, own, at + 1);
      if (outcome !== undefined) return outcome;
    }
    return { kind: "passed" };
  }

  #whyNot({ needs = [], steps }: Case, memory: Memory): string | undefined {
    const stop = this.#whyStop();
    if (stop !== undefined) return stop;
    const repeats = steps.some(({ send }) => Array.isArray(send.business));
    if (repeats && !this.#target.carrier.keepsRepeats) return "fetch joins repeated headers into one";
    const lacking = needs.find((name) => memory[name] === undefined);
    return lacking === undefined ? undefined : `an earlier case did not bring ${lacking}`;
  }

  #whyStop(): string | undefined {
    return this.#options.signal.aborted ? "interrupted" : this.#sender.whyStop;
  }

  /** Answers how the case came out where it is over; undefined where the step passed. */
  async #step(step: Step, memory: Record<string, unknown>, at: number): Promise<Outcome | undefined> {
    const stop = this.#whyStop() ?? this.#whyNotCreate(step, memory);
    if (stop !== undefined) return { kind: "not-run", reason: stop };
    const answer = await this.#ask(step, memory);
    if (answer instanceof Error) return { kind: "not-run", reason: this.#whyStop() ?? reasonOf(answer) };
    if (answer.status !== step.expect.status && isUnavailable(answer)) {
      return { kind: "not-run", reason: `the target answered ${answer.status}` };
    }
    const found = judge(answer, step.expect, memory);
    if (found.length > 0) return { kind: "failed", step: at, answer, mismatches: found, memory: { ...memory } };
    if (step.as !== undefined) memory[step.as] = answer.body;
    return undefined;
  }

  /** A target that creates what it should refuse gets no more to create. */
  #whyNotCreate({ send }: Step, memory: Memory): string | undefined {
    if (!isOwnCreate(send, memory) || this.#cleanup.created < mostTokens) return undefined;
    return `${mostTokens} tokens were created already, the most that a run creates`;
  }

  async #ask({ send, expect }: Step, memory: Memory): Promise<Exchanged | Error> {
    try {
      const answer = await this.#sender.send(send, memory, expect.status);
      this.#cleanup.notice(answer);
      return this.#reader.read(answer);
    } catch (error) {
      if (isOwnCreate(send, memory)) this.#cleanup.noticeLostCreate();
      return error instanceof Error ? error : new Error(String(error));
    }
  }
}

/** Whether something may be created on the target's own account. */
const isOwnCreate = ({ method, path, authorization }: Send, { sandbox }: Memory) =>
  sandbox === undefined && authorization !== null && method === "POST" && path === "/api/v1/tokens";

const reasonOf = ({ message, cause }: Error) =>
  `no answer came: ${cause instanceof Error ? `${message}: ${cause.message}` : message}`;
