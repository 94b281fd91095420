import type { Case, Tier } from "./case.ts";
import type { Result, SuiteReport } from "./run-suite.ts";

/** A run in numbers. */
export interface Tally {
  readonly cases: number;
  readonly passed: number;
  readonly failed: number;
  /** Inferences that the target differs from. */
  readonly tolerated: number;
  /** Asked for, and not run: why, and how many. */
  readonly notRun: Readonly<Record<string, number>>;
  /** Not asked for, by tier. */
  readonly notAskedFor: Readonly<Partial<Record<Tier | "other", number>>>;
  readonly requests: number;
  /** Whether all that was asked for ran and passed, and everything was taken back. */
  readonly isGood: boolean;
}

export function tallyOf({ results, leftBehind, requests }: SuiteReport, left: readonly Case[], tiers: readonly Tier[]) {
  const failed = results.filter(({ outcome, isTolerated }) => outcome.kind === "failed" && !isTolerated).length;
  const notRun = countBy(results, ({ outcome }) => (outcome.kind === "not-run" ? outcome.reason : undefined));
  const isClean = leftBehind.ids.length === 0 && leftBehind.name === undefined;
  const tally: Tally = {
    cases: results.length,
    passed: results.filter(({ outcome }) => outcome.kind === "passed").length,
    failed,
    tolerated: results.filter(({ isTolerated }) => isTolerated).length,
    notRun,
    notAskedFor: countBy(left, ({ tier }) => (tiers.includes(tier) ? "other" : tier)),
    requests,
    isGood: results.length > 0 && failed === 0 && Object.keys(notRun).length === 0 && isClean,
  };
  return tally;
}

function countBy<Item>(items: readonly Item[], keyOf: (item: Item) => string | undefined): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const key of items.map(keyOf)) if (key !== undefined) counts[key] = (counts[key] ?? 0) + 1;
  return counts;
}

/** How a case came out, in a word. */
export const verdictOf = ({ outcome, isTolerated }: Result): "passed" | "failed" | "differs" | "not run" => {
  if (outcome.kind === "failed") return isTolerated ? "differs" : "failed";
  return outcome.kind === "passed" ? "passed" : "not run";
};
