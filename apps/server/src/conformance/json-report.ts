import { version } from "../world/version.ts";
import { explain, whatToReport } from "./explanation.ts";
import type { Plan, Report } from "./report.ts";
import type { Result } from "./run-suite.ts";
import { verdictOf } from "./tally.ts";

/** One JSON record a line: what is run, every case, and at last the summary. */
export function jsonReport(write: (text: string) => void): Report {
  const record = (event: string, rest: object) => write(`${JSON.stringify({ event, ...rest })}\n`);
  let plan: Plan | undefined;
  return {
    start(given) {
      plan = given;
      const { target, isDouble, tier, cases } = given;
      record("start", { version, target: target.url, is_double: isDouble, tier, cases: cases.length });
    },
    case() {},
    result: (result) => record("case", { ...caseRecord(result), ...(plan && explanationRecord(result, plan)) }),
    end: ({ leftBehind, revision }, tally) =>
      record("summary", {
        ok: tally.isGood,
        revision: revision ?? null,
        cases: tally.cases,
        passed: tally.passed,
        failed: tally.failed,
        differs_from_inference: tally.tolerated,
        not_run: tally.notRun,
        not_asked_for: tally.notAskedFor,
        requests: tally.requests,
        left_behind: leftBehind.ids,
        may_be_left_behind: leftBehind.name ?? null,
      }),
  };
}

function caseRecord(result: Result): object {
  const { case: each, source, outcome, milliseconds } = result;
  return {
    tier: each.tier,
    rule: each.rule,
    source,
    name: each.name,
    verdict: verdictOf(result),
    milliseconds: Math.round(milliseconds),
    ...(outcome.kind === "not-run" && { reason: outcome.reason }),
  };
}

function explanationRecord(result: Result, { target }: Plan): object {
  const explanation = explain(result, target);
  const { isTolerated, outcome } = result;
  return {
    ...(explanation && { explanation }),
    ...(isTolerated && outcome.kind === "failed" && { report: whatToReport(target, outcome.answer) }),
  };
}
