import { expect, test } from "vitest";
import { CannotRun } from "../src/conformance/cannot-run.ts";
import type { Carrier } from "../src/conformance/carrier.ts";
import { cases } from "../src/conformance/cases/index.ts";
import { fetchCarrier } from "../src/conformance/fetch-carrier.ts";
import { reports } from "../src/conformance/report.ts";
import { runSuite, type SuiteOptions } from "../src/conformance/run-suite.ts";
import { selectCases } from "../src/conformance/select-cases.ts";
import { verify } from "../src/conformance/verify.ts";
import { type Double, startDouble, wellKnown } from "../src/index.ts";
import { type Around, isCreate, isList, isRevoke, mutated } from "./mutants/mutant.ts";
import { account, beyondFetch, noWait } from "./run-conformance.ts";

const url = "http://127.0.0.1";
const chosen = selectCases(cases, ["read", "write"]).filter((each) => !beyondFetch(each));
const standIn = (answer: (path: string) => Response) =>
  fetchCarrier(async (input) => answer(new URL(String(input)).pathname));

function run(carrier: Carrier, options: Partial<SuiteOptions> = {}) {
  const { signal } = new AbortController();
  return runSuite({ url, ...account, carrier }, { cases: chosen, strict: true, signal, manners: noWait, ...options });
}

/** Runs against a double that somebody stands before. */
const runAround = (double: Double, around: Around, options?: Partial<SuiteOptions>) =>
  run(fetchCarrier(mutated(double.fetch, around)), options);

const reasons = ({ results }: Awaited<ReturnType<typeof run>>) =>
  new Set(results.flatMap(({ outcome }) => (outcome.kind === "not-run" ? [outcome.reason] : [])));

async function aliveOn({ world }: Double) {
  const tokens = await world.tokens.all(wellKnown.businessId);
  return tokens.filter(({ id, revocation }) => revocation === null && id !== wellKnown.token.id).map(({ id }) => id);
}

test("a target that cannot be reached cannot be verified", async () => {
  const carrier = fetchCarrier(async () => {
    throw new TypeError("fetch failed", { cause: new Error("connect ECONNREFUSED") });
  });
  const { signal } = new AbortController();

  const attempt = verify({ target: url, ...account, carrier, signal, report: reports([]) });

  await expect(attempt).rejects.toThrow(new CannotRun(`no answer from ${url}: connect ECONNREFUSED`));
});

test("nor can one that never answers", async () => {
  const carrier: Carrier = {
    keepsRepeats: true,
    carry: ({ signal }) =>
      new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason), { once: true })),
  };
  const { signal } = new AbortController();

  const attempt = verify({ target: url, ...account, carrier, signal, report: reports([]), patience: 5 });

  await expect(attempt).rejects.toThrow(CannotRun);
});

test("a target that stops answering is left alone after three requests, and what was not asked is not passed", async () => {
  let requests = 0;
  const report = await run(
    fetchCarrier(async () => {
      requests += 1;
      throw new TypeError("fetch failed", { cause: new Error("connect ECONNREFUSED") });
    }),
  );

  expect(requests).toBe(3);
  expect(report.results.map(({ outcome }) => outcome.kind)).toEqual(chosen.map(() => "not-run"));
  expect(reasons(report)).toEqual(
    new Set([
      "no answer came: fetch failed: connect ECONNREFUSED",
      "the target answered 429, 5xx or nothing 3 times in a row",
    ]),
  );
});

test("a target that answers garbage fails, and may have a token of ours, whose name is told", async () => {
  const report = await run(standIn(() => new Response("<html>hello</html>")));

  expect(report.results.filter(({ outcome }) => outcome.kind === "passed")).toEqual([]);
  expect(report.leftBehind).toEqual({ ids: [], name: expect.stringMatching(/^dayzero-double verify [0-9a-f]{6}/) });
});

test.each([
  ["2", 2000],
  ["0", 0],
])("where a target answers 429 with Retry-After: %s the run waits that long and asks again", async (value, wait) => {
  await using double = await startDouble();
  const waits: number[] = [];
  let count = 0;
  const around: Around = async (_, ask) => {
    count += 1;
    return count % 3 === 0 ? new Response("slow down", { status: 429, headers: { "retry-after": value } }) : ask();
  };
  const sleep = async (milliseconds: number) => void waits.push(milliseconds);

  const report = await runAround(double, around, { manners: { timeout: 5000, sleep } });

  expect(report.results.filter(({ outcome }) => outcome.kind !== "passed")).toEqual([]);
  expect(new Set(waits)).toEqual(new Set([wait]));
  expect(waits.length).toBeGreaterThan(20);
});

test("a Retry-After that is a date is honoured too", async () => {
  const waits: number[] = [];
  const inTheFuture = new Date(Date.now() + 30_000).toUTCString();
  const sleep = async (milliseconds: number) => void waits.push(milliseconds);

  await run(
    standIn(() => new Response(null, { status: 503, headers: { "retry-after": inTheFuture } })),
    {
      manners: { timeout: 5000, sleep },
    },
  );

  expect(waits).toHaveLength(2);
  for (const wait of waits) {
    expect(wait).toBeGreaterThan(20_000);
    expect(wait).toBeLessThanOrEqual(30_000);
  }
});

test("a target that asks for more than a minute is left alone at once", async () => {
  const report = await run(standIn(() => new Response("no", { status: 429, headers: { "retry-after": "3600" } })));

  expect(report.requests).toBe(1);
  expect(reasons(report)).toEqual(
    new Set(["the target answered 429", "the target asks to be left alone for 3600 seconds"]),
  );
});

test.each([429, 503])("a target that answers nothing but %i is left alone after three requests", async (status) => {
  const report = await run(standIn(() => new Response("no", { status })));

  expect(report.requests).toBe(3);
  expect(report.results.map(({ outcome }) => outcome.kind)).toEqual(chosen.map(() => "not-run"));
});

test("a target that answers nothing but 500 fails, and is left alone after three requests", async () => {
  const report = await run(standIn(() => new Response("Internal Server Error", { status: 500 })));

  expect(report.requests).toBe(3);
  expect(report.results.filter(({ outcome }) => outcome.kind === "failed")).toHaveLength(3);
});

test("where a target dies in the middle, the ids of the tokens that are left on it are told", async () => {
  await using double = await startDouble();
  let isDead = false;
  const around: Around = async (asked, ask) => {
    if (isDead) throw new TypeError("fetch failed");
    const answer = await ask();
    isDead = isCreate(asked) && answer.status === 201;
    return answer;
  };

  const report = await runAround(double, around);

  expect(report.leftBehind).toEqual({ ids: await aliveOn(double), name: undefined });
  expect(report.leftBehind.ids).toHaveLength(1);
});

test("a token whose create was never answered is found by its name, and revoked", async () => {
  await using double = await startDouble();
  const around: Around = async (asked, ask) => {
    const answer = await ask();
    if (isCreate(asked) && answer.status === 201) throw new TypeError("terminated");
    return answer;
  };

  const report = await runAround(double, around);

  expect(await aliveOn(double)).toEqual([]);
  expect((await double.world.tokens.all()).length).toBeGreaterThan(1);
  expect(report.leftBehind).toEqual({ ids: [], name: undefined });
});

test("where revoking fails at the end, the ids are told", async () => {
  await using double = await startDouble();
  const around: Around = async (asked, ask) =>
    isRevoke(asked) && asked.body?.includes("verify is done") ? new Response("no", { status: 500 }) : ask();

  const report = await runAround(double, around);

  expect(report.leftBehind.ids).toEqual(await aliveOn(double));
  expect(report.leftBehind.ids).toHaveLength(1);
});

test("a target that creates whatever it is asked to gets no more than three tokens to create", async () => {
  await using double = await startDouble();
  const around: Around = async (asked, ask) => {
    const answer = await ask();
    const isRefused = isCreate(asked) && asked.headers.has("authorization") && answer.status === 422;
    return isRefused ? ask({ body: '{"name":"made up"}' }) : answer;
  };

  const report = await runAround(double, around);

  expect(await double.world.tokens.all()).toHaveLength(1 + 3);
  expect(await aliveOn(double)).toEqual([]);
  expect(reasons(report)).toContain("3 tokens were created already, the most that a run creates");
});

test("an interruption ends the run between two requests, and what was created is revoked", async () => {
  await using double = await startDouble();
  const interruption = new AbortController();

  const report = await runAround(double, (_, ask) => ask(), {
    signal: interruption.signal,
    onResult: ({ case: { rule } }) => rule === "create.created" && interruption.abort(),
  });

  expect(await double.world.tokens.all()).toHaveLength(2);
  expect(await aliveOn(double)).toEqual([]);
  expect(reasons(report)).toEqual(new Set(["interrupted"]));
  expect(report.results.at(-1)?.outcome.kind).toBe("not-run");
});

test("a create that is under way is heard out when the run is interrupted", async () => {
  await using double = await startDouble();
  const interruption = new AbortController();
  const around: Around = (asked, ask) => {
    if (isCreate(asked) && asked.headers.has("authorization")) interruption.abort();
    return ask();
  };

  await runAround(double, around, { signal: interruption.signal });

  expect(await double.world.tokens.all()).toHaveLength(2);
  expect(await aliveOn(double)).toEqual([]);
});

test("a list that cannot be had keeps nothing from being revoked", async () => {
  await using double = await startDouble();
  const around: Around = async (asked, ask) =>
    isList(asked) && asked.headers.get("authorization") === `Bearer ${wellKnown.secret}`
      ? new Response("no", { status: 404 })
      : ask();

  const report = await runAround(double, around);

  expect(await aliveOn(double)).toEqual([]);
  expect(report.leftBehind).toEqual({ ids: [], name: undefined });
});
