import { stopwatch } from "../clock.ts";
import type { RuleSource } from "../rules.ts";
import type { Case, Step, Tier } from "./case.ts";
import { judge } from "./judge.ts";
import { ledger } from "./ledger.ts";
import type { Memory, Mismatch } from "./pattern.ts";
import { type Exchanged, sendTo, type Target, targetMemory } from "./target.ts";
import { TokenCleanup } from "./token-cleanup.ts";

/** How a case came out. */
export type Outcome =
  | { readonly kind: "passed" }
  | {
      readonly kind: "failed";
      readonly step: number;
      readonly answer: Exchanged;
      readonly mismatches: readonly Mismatch[];
      readonly memory: Memory;
    }
  | { readonly kind: "unanswered"; readonly step: number; readonly reason: string }
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
  /** The tiers that are asked for. */
  readonly tiers: readonly Tier[];
  /** Whether an inference that fails counts as a failure. */
  readonly strict: boolean;
  /** Ends the run; what was created is still revoked. */
  readonly signal: AbortSignal;
  readonly onResult?: (result: Result) => void;
  /** Waits before going on where the target asks for it; in milliseconds. */
  readonly sleep?: (milliseconds: number) => Promise<void>;
}

export interface SuiteReport {
  readonly results: readonly Result[];
  /** Tokens that were created and could not be revoked. */
  readonly leftBehind: readonly string[];
}

/** The answers in a row that stop a run: the target is ill, or wants to be left alone. */
const mostTroubles = 3;
const longestWait = 60_000;
const stepTimeout = 30_000;

/** Puts the cases to the target one after the other, and revokes what they created whatever happens. */
export async function runSuite(target: Target, options: SuiteOptions): Promise<SuiteReport> {
  const cleanup = new TokenCleanup(target);
  const memory: Record<string, unknown> = { target: targetMemory(target) };
  const results: Result[] = [];
  const run = new Run(target, options, cleanup);
  try {
    for (const each of options.cases) {
      const elapsed = stopwatch();
      const outcome = await run.case(each, memory);
      const { source } = ledger[each.rule];
      const isTolerated = outcome.kind === "failed" && source === "inferred" && !options.strict;
      const result = { case: each, source, outcome, isTolerated, milliseconds: elapsed() };
      results.push(result);
      options.onResult?.(result);
    }
  } finally {
    await cleanup.revokeAll();
  }
  return { results, leftBehind: cleanup.leftBehind };
}

/** One run: it remembers how often the target was in trouble. */
class Run {
  readonly #target: Target;
  readonly #options: SuiteOptions;
  readonly #cleanup: TokenCleanup;
  #troubles = 0;

  constructor(target: Target, options: SuiteOptions, cleanup: TokenCleanup) {
    this.#target = target;
    this.#options = options;
    this.#cleanup = cleanup;
  }

  async case(each: Case, memory: Record<string, unknown>): Promise<Outcome> {
    const reason = this.#whyNot(each, memory);
    if (reason !== undefined) return { kind: "not-run", reason };
    // A sandbox's case keeps what it brings to itself; later cases build on the others.
    const own = each.sandbox === undefined ? memory : { ...memory };
    if (each.sandbox !== undefined) {
      const made = await this.#step(
        {
          as: "sandbox",
          send: { method: "POST", path: "/_double/sandboxes", json: each.sandbox },
          expect: { status: 201 },
        },
        own,
        0,
      );
      if (made !== undefined) return made;
    }
    for (const [at, step] of each.steps.entries()) {
      const outcome = await this.#step(step, own, at + 1);
      if (outcome !== undefined) return outcome;
    }
    return { kind: "passed" };
  }

  #whyNot({ tier, needs = [] }: Case, memory: Memory): string | undefined {
    const { tiers, signal } = this.#options;
    if (!tiers.includes(tier)) return `tier ${tier} was not asked for`;
    if (signal.aborted) return "interrupted";
    if (this.#troubles >= mostTroubles) return `the target answered 429 or 5xx ${mostTroubles} times in a row`;
    const lacking = needs.find((name) => memory[name] === undefined);
    return lacking === undefined ? undefined : `an earlier case did not bring ${lacking}`;
  }

  /** Answers how the case came out where it is over; undefined where the step passed. */
  async #step(step: Step, memory: Record<string, unknown>, at: number): Promise<Outcome | undefined> {
    const answer = await this.#ask(step, memory).catch((error: Error) => error);
    if (answer instanceof Error) {
      this.#troubles += 1;
      return { kind: "unanswered", step: at, reason: reasonOf(answer) };
    }
    this.#cleanup.notice(answer);
    const found = judge(answer, step.expect, memory);
    if (found.length > 0) return { kind: "failed", step: at, answer, mismatches: found, memory: { ...memory } };
    if (step.as !== undefined) memory[step.as] = answer.body;
    return undefined;
  }

  async #ask({ send, expect }: Step, memory: Memory): Promise<Exchanged> {
    const { signal, sleep = wait } = this.#options;
    const ask = () => sendTo(this.#target, send, memory, AbortSignal.any([signal, AbortSignal.timeout(stepTimeout)]));
    const answer = await ask();
    const isTrouble = answer.status !== expect.status && (answer.status === 429 || answer.status >= 500);
    this.#troubles = isTrouble ? this.#troubles + 1 : 0;
    const seconds = Number(answer.responseHeaders.get("retry-after") ?? Number.NaN);
    if (!isTrouble || answer.status !== 429 || Number.isNaN(seconds) || seconds * 1000 > longestWait) return answer;
    await sleep(seconds * 1000);
    return ask();
  }
}

const wait = (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds));

const reasonOf = ({ message, cause }: Error) => (cause instanceof Error ? `${message}: ${cause.message}` : message);
