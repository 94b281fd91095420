import { expect, test } from "vitest";
import { cases } from "../src/conformance/cases/index.ts";
import { fetchCarrier } from "../src/conformance/fetch-carrier.ts";
import { httpCarrier } from "../src/conformance/http-carrier.ts";
import { runSuite } from "../src/conformance/run-suite.ts";
import { selectCases } from "../src/conformance/select-cases.ts";
import { startDouble } from "../src/index.ts";
import { wellKnown } from "../src/world/well-known.ts";
import { account, notPassed } from "./run-conformance.ts";

const options = { cases, strict: true, signal: new AbortController().signal };

test("the double passes every case of every tier over HTTP, and nothing of the run is left on it", async () => {
  await using double = await startDouble();

  const report = await runSuite({ url: double.url, ...account, carrier: httpCarrier }, options);

  expect(notPassed(report)).toEqual([]);
  expect(report.results).toHaveLength(cases.length);
  expect(report.leftBehind).toEqual({ ids: [], name: undefined });
  expect(double.world.sandboxes.size).toBe(0);
  const tokens = await double.world.tokens.all();
  expect(tokens.filter(({ revocation }) => revocation === null).map(({ id }) => id)).toEqual([wellKnown.token.id]);
});

test("it passes through its fetch as well, but for what fetch cannot send: that is not run, and says so", async () => {
  await using double = await startDouble();
  const target = { url: double.url, ...account, carrier: fetchCarrier(double.fetch) };

  expect(notPassed(await runSuite(target, options))).toEqual([
    ["Of a repeated header the first counts", { kind: "not-run", reason: "fetch joins repeated headers into one" }],
  ]);
});

test("it passes a second time, and after a reset", async () => {
  await using double = await startDouble();
  const target = { url: double.url, ...account, carrier: httpCarrier };
  await runSuite(target, options);
  const second = await runSuite(target, options);
  await double.reset();

  expect([second, await runSuite(target, options)].flatMap(notPassed)).toEqual([]);
});

test("the read tier leaves a double as it was, but for the last use of the token", async () => {
  await using double = await startDouble();
  double.clock.freeze();
  await double.client().tokens.list();
  const before = await double.snapshot();

  const read = { ...options, cases: selectCases(cases, ["read"]) };
  await runSuite({ url: double.url, ...account, carrier: httpCarrier }, read);

  expect(await double.snapshot()).toEqual(before);
});

test("the read tier asks, and sends nothing that could change something even where the target is wrong", () => {
  const risky = selectCases(cases, ["read"]).flatMap(({ name, steps, sandbox }) =>
    steps
      .filter(({ send: { method, path, authorization } }) => {
        const isHarmless =
          method === "GET" || authorization === null || /\/(nope|\w{8}-[\w-]+dead)\/revoke$/.test(path);
        return !isHarmless || sandbox !== undefined;
      })
      .map(() => name),
  );

  expect(risky).toEqual([]);
});

test("the write tier creates three tokens, whose names say what they are, and revokes them", async () => {
  await using double = await startDouble();

  const write = { ...options, cases: selectCases(cases, ["read", "write"]) };
  const { requests } = await runSuite({ url: double.url, ...account, carrier: httpCarrier }, write);

  const created = (await double.world.tokens.all()).filter(({ id }) => id !== wellKnown.token.id);
  expect(created).toHaveLength(3);
  for (const { name, revocation } of created) {
    expect(name).toMatch(/^dayzero-double verify [0-9a-f]{6} \(safe to revoke\)$/);
    expect(revocation).not.toBeNull();
  }
  expect(requests).toBeLessThan(120);
});

test("neither read nor write uses what only a double has", () => {
  const steps = selectCases(cases, ["read", "write"]).flatMap((each) => each.steps);

  expect(steps.filter(({ send }) => send.path.startsWith("/_double"))).toEqual([]);
  expect(steps.filter(({ expect: { headers = {} } }) => "x-dayzero-double" in headers)).toEqual([]);
});
