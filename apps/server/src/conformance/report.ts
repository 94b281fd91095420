import type { Case, Tier } from "./case.ts";
import type { Result, SuiteReport } from "./run-suite.ts";
import type { Tally } from "./tally.ts";
import type { Target } from "./target.ts";

/** What is about to be run. */
export interface Plan {
  readonly target: Target;
  readonly isDouble: boolean;
  readonly tier: Tier;
  readonly cases: readonly Case[];
}

/** Tells somebody how a run goes. */
export interface Report {
  start(plan: Plan): void;
  /** A case begins. */
  case(each: Case): void;
  result(result: Result): void;
  end(report: SuiteReport, tally: Tally): void;
}

/** Several reports as one. */
export const reports = (all: readonly Report[]): Report => ({
  start: (plan) => all.forEach((each) => void each.start(plan)),
  case: (given) => all.forEach((each) => void each.case(given)),
  result: (result) => all.forEach((each) => void each.result(result)),
  end: (report, tally) => all.forEach((each) => void each.end(report, tally)),
});
