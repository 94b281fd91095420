import { expect, test } from "vitest";
import { cases } from "../src/conformance/cases/index.ts";
import { fetchCarrier } from "../src/conformance/fetch-carrier.ts";
import { httpCarrier } from "../src/conformance/http-carrier.ts";
import { runSuite } from "../src/conformance/run-suite.ts";
import { tiers } from "../src/conformance/case.ts";
import { startDouble } from "../src/index.ts";
import { wellKnown } from "../src/well-known.ts";

const account = { token: wellKnown.secret, businessId: wellKnown.businessId };

test("the double passes every case of every tier, over HTTP", async () => {
  await using double = await startDouble();
  const report = await runSuite({ url: double.url, ...account, carrier: httpCarrier }, { cases, tiers, strict: true, signal: new AbortController().signal });
  const bad = report.results.filter(({ outcome }) => outcome.kind !== "passed").map(({ case: { name }, outcome }) => [name, outcome.kind === "failed" ? outcome.mismatches : outcome]);
  expect(bad).toEqual([]);
  console.log(report.requests, report.leftBehind, report.results.length);
});
test("fetch", async () => {
  await using double = await startDouble();
  const report = await runSuite({ url: double.url, ...account, carrier: fetchCarrier(double.fetch) }, { cases, tiers, strict: true, signal: new AbortController().signal });
  const bad = report.results.filter(({ outcome }) => outcome.kind !== "passed").map(({ case: { name }, outcome }) => [name, outcome.kind === "failed" ? outcome.mismatches : outcome]);
  expect(bad).toEqual([]);
});
