import { expect, test } from "vitest";
import type { Carrier } from "../src/conformance/carrier.ts";
import { cases } from "../src/conformance/cases/index.ts";
import { fetchCarrier } from "../src/conformance/fetch-carrier.ts";
import { httpCarrier } from "../src/conformance/http-carrier.ts";
import { runSuite } from "../src/conformance/run-suite.ts";
import { selectCases, tiersUpTo } from "../src/conformance/select-cases.ts";
import { type Double, startDouble, wellKnown } from "../src/index.ts";
import { account, notPassed } from "./run-conformance.ts";

const options = { strict: true, signal: new AbortController().signal };
const write = selectCases(cases, ["read", "write"]);

async function aliveOn({ world }: Double): Promise<string[]> {
  const tokens = await world.tokens.all();
  return tokens.filter(({ revocation }) => revocation === null).map(({ id }) => id);
}

test.each([
  ["read", false, "bare"],
  ["read", true, "enveloped"],
  ["write", false, "bare"],
  ["write", true, "enveloped"],
  ["full", false, "bare"],
  ["full", true, "enveloped"],
] as const)(
  "tier %s against a double, enveloped or not (%j): all passes, the revision is found, nothing is left",
  async (tier, envelope, revision) => {
    await using double = await startDouble({ envelope });
    const target = { url: double.url, ...account, carrier: httpCarrier };

    const report = await runSuite(target, { ...options, cases: selectCases(cases, tiersUpTo(tier)) });

    expect(notPassed(report)).toEqual([]);
    expect(report.revision).toBe(revision);
    expect(report.leftBehind).toEqual({ ids: [], name: undefined });
    expect(await aliveOn(double)).toEqual([wellKnown.token.id]);
    expect(double.world.sandboxes.size).toBe(0);
  },
);

/** Changes the successes that are asked for so. */
const changing = (double: Double, isMeant: RegExp, change: (data: unknown) => unknown): Carrier => {
  const inner = fetchCarrier(double.fetch);
  return {
    ...inner,
    async carry(request) {
      const reply = await inner.carry(request);
      if (reply.status > 299 || !isMeant.test(`${request.method} ${request.url}`)) return reply;
      return { ...reply, text: JSON.stringify(change(JSON.parse(reply.text))) };
    },
  };
};

test.each([
  ["creates", /^POST .*\/tokens$/, "create.created"],
  ["revocations", /\/revoke$/, "revoke.revoked"],
])("a target that has only its %s in an envelope fails there, and nothing is left on it", async (_, isMeant, rule) => {
  await using double = await startDouble();
  const carrier = changing(double, isMeant, (data) => ({ success: true, message: "", code: "", data }));

  const report = await runSuite({ url: double.url, ...account, carrier }, { ...options, cases: write });

  const failed = report.results.filter(({ outcome }) => outcome.kind === "failed");
  expect(report.revision).toBe("bare");
  expect(failed.map((result) => result.case.rule)).toContain(rule);
  expect(report.leftBehind).toEqual({ ids: [], name: undefined });
  expect(await aliveOn(double)).toEqual([wellKnown.token.id]);
});

test.each<[string, (envelope: object) => object]>([
  ["says that it is none", (envelope) => ({ ...envelope, success: false })],
  ["has a code that is no text", (envelope) => ({ ...envelope, code: 7 })],
])("an envelope of a success that %s is no success", async (_, change) => {
  await using double = await startDouble({ envelope: true });
  const carrier = changing(double, /^GET .*\/tokens$/, (body) => change(Object(body)));

  const report = await runSuite({ url: double.url, ...account, carrier }, { ...options, cases: write });

  const failed = report.results.filter(({ outcome }) => outcome.kind === "failed");
  expect(failed.map((result) => result.case.rule)).toContain("list.listed");
  expect(await aliveOn(double)).toEqual([wellKnown.token.id]);
});

test("an envelope need hold nothing but the data", async () => {
  await using double = await startDouble({ envelope: true });
  const carrier = changing(double, /\/api\/v1\/tokens/, (body) => ({ data: Object(body).data }));

  const report = await runSuite({ url: double.url, ...account, carrier }, { ...options, cases: write });

  expect(report.revision).toBe("enveloped");
  expect(notPassed(report).map(([name]) => name)).toEqual(["Of a repeated header the first counts"]);
});

test("of a target that answers nothing with success the revision is not known", async () => {
  await using double = await startDouble();
  const target = { url: double.url, ...account, token: "dz_nobody", carrier: httpCarrier };

  expect((await runSuite(target, { ...options, cases: selectCases(cases, ["read"]) })).revision).toBeUndefined();
});
