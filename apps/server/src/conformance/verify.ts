import { CannotRun } from "./cannot-run.ts";
import { cases } from "./cases/index.ts";
import type { Manners } from "./polite-sender.ts";
import type { Report } from "./report.ts";
import { runSuite } from "./run-suite.ts";
import { selectCases, tiersUpTo } from "./select-cases.ts";
import { settleTarget, type Wanted } from "./settle-target.ts";
import { type Tally, tallyOf } from "./tally.ts";

export interface VerifyOptions extends Wanted {
  /** Whether an inference of ours that is not so on a real target counts as a failure. */
  readonly strict?: boolean;
  /** Runs only the cases whose name or rule holds this, and what they need. */
  readonly only?: string | undefined;
  readonly report: Report;
  /** Ends the run early; what was created is taken back all the same. */
  readonly signal: AbortSignal;
  readonly manners?: Manners;
}

/** Puts the conformance suite to a target. Rejects with CannotRun, before anything is sent that counts, where it cannot. */
export async function verify({
  strict = false,
  only,
  report,
  signal,
  manners,
  ...wanted
}: VerifyOptions): Promise<Tally> {
  await using settled = await settleTarget(wanted);
  const { target, tier, isDouble } = settled;
  const tiers = tiersUpTo(tier);
  const selected = selectCases(cases, tiers, only);
  if (selected.length === 0) throw new CannotRun(`no case of tier ${tier} has "${only}" in its name or its rule`);
  report.start({ target, isDouble, tier, cases: selected });
  const outcome = await runSuite(target, {
    cases: selected,
    // A double is made after the inferences, so it is held to them.
    strict: strict || isDouble,
    signal,
    onCase: (each) => report.case(each),
    onResult: (result) => report.result(result),
    ...(manners && { manners }),
  });
  const left = cases.filter((each) => !selected.includes(each));
  const tally = tallyOf(outcome, left, tiers);
  report.end(outcome, tally);
  return tally;
}
