import { expect, test } from "vitest";
import type { Carrier } from "../src/conformance/carrier.ts";
import { tiers } from "../src/conformance/case.ts";
import { cases } from "../src/conformance/cases/index.ts";
import { httpCarrier } from "../src/conformance/http-carrier.ts";
import { runSuite } from "../src/conformance/run-suite.ts";
import { selectCases } from "../src/conformance/select-cases.ts";
import { startDouble } from "../src/index.ts";
import { answerMutants } from "./mutants/answers.ts";
import { requestMutants } from "./mutants/requests.ts";
import { storeMutants } from "./mutants/stores.ts";
import { account, beyondFetch, failingRules, runOnMutant } from "./run-conformance.ts";

const mutants = [...storeMutants, ...answerMutants, ...requestMutants];

test.each(mutants.map((mutant) => [mutant.rule, mutant.name, mutant] as const))(
  "%s fails where %s",
  async (rule, _, mutant) => {
    const { failing, alive, leftBehind, sandboxes } = await runOnMutant(mutant);

    expect([...failing]).toContain(rule);
    expect(sandboxes).toBe(0);
    expect({ left: leftBehind.ids.toSorted(), name: leftBehind.name }).toEqual({
      left: alive.toSorted(),
      name: undefined,
    });
    expect(alive.length > 0).toBe(mutant.keepsTokens === true);
  },
);

test("header.first-counts fails where the last of a repeated header counts", async () => {
  await using double = await startDouble();
  const carrier: Carrier = {
    keepsRepeats: true,
    carry: (request) => httpCarrier.carry({ ...request, headers: [...new Map(request.headers)] }),
  };

  const read = { cases: selectCases(cases, ["read"]), strict: true, signal: new AbortController().signal };
  const report = await runSuite({ url: double.url, ...account, carrier }, read);

  expect([...failingRules(report)]).toEqual(["header.first-counts"]);
});

test.each(cases.filter((each) => !beyondFetch(each)).map((each) => [each.rule, each.name, each] as const))(
  "%s: a double that breaks it fails in the very case “%s”",
  async (rule, name, each) => {
    // What the case needs comes first.
    const chosen = selectCases(cases, tiers, name);
    const reports = mutants.filter((mutant) => mutant.rule === rule).map((mutant) => runOnMutant(mutant, chosen));

    const outcomes = (await Promise.all(reports)).flatMap(({ results }) =>
      results.filter((result) => result.case === each).map(({ outcome }) => outcome.kind),
    );

    expect(outcomes).toContain("failed");
  },
);
