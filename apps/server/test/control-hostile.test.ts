import fc from "fast-check";
import { expect, test } from "vitest";
import { startDouble } from "../src/index.ts";
import { callsOf, wellKnownCaller } from "./calls.ts";

const steps = ["status", "body", "headers", "latency", "connection"] as const;
const asJson = (method: string, body: string) => ({ method, headers: { "content-type": "application/json" }, body });

const nested = (depth: number) => "[".repeat(depth) + "]".repeat(depth);

/** Names that somebody may think of, and any text at all. */
const text = fc.oneof(
  fc.string({ unit: "binary" }),
  fc.string({ unit: fc.constantFrom("\r", "\n", "\u0000", "\u007f", "é", "中", " ", "x") }),
  fc.constantFrom("trailer", "Transfer-Encoding", "chunked", "connection", "date", "expect", "te", "__proto__", "x-a"),
  fc.constantFrom(
    "constructor",
    "content-type",
    "set-cookie",
    "content-encoding",
    "100-continue",
    wellKnownCaller.token,
  ),
);
const body = fc.oneof(
  fc.jsonValue(),
  fc.integer({ min: 90, max: 9999 }).map((depth) => `deep ${depth}`),
);
const valid = {
  status: fc.integer({ min: 200, max: 599 }),
  body,
  headers: fc.dictionary(text, text, { maxKeys: 3 }),
  latency: fc.constantFrom({ fixed_ms: 0 }, { median_ms: 0, sigma: 5 }),
  connection: fc.constantFrom("reset", "empty", "truncate", "garbage"),
};
/** Anything at all, and what is nearly or quite a fault, as a text. */
const fault = fc
  .oneof(
    fc.jsonValue(),
    fc.record(
      {
        effect: fc.oneof(
          fc.record(
            Object.fromEntries(steps.map((step) => [step, fc.oneof({ weight: 5, arbitrary: valid[step] }, body)])),
            {
              requiredKeys: [],
            },
          ),
          fc.record({ status: valid.status, body, headers: valid.headers }, { requiredKeys: ["status"] }),
        ),
        when: fc.constantFrom("before", "after"),
        times: fc.oneof(fc.constant(1), body),
      },
      { requiredKeys: ["effect", "when"] },
    ),
  )
  .map((value) => JSON.stringify(value).replace(/"deep (\d+)"/g, (_, depth) => nested(Number(depth))));

test("whatever is posted as a fault is refused or strikes, and the double answers the next request", async () => {
  const reported: unknown[] = [];
  await using double = await startDouble({ report: (what, error) => reported.push(what, error) });
  const { list } = callsOf(double, wellKnownCaller);
  const inProcess = callsOf({ url: double.url, fetch: double.fetch }, wellKnownCaller);

  await fc.assert(
    fc.asyncProperty(fault, async (request) => {
      const added = await fetch(`${double.url}/_double/faults`, asJson("POST", request));
      expect([201, 422]).toContain(added.status);
      const detail: unknown = await added.json();
      if (added.status === 422) expect(detail).toEqual({ detail: expect.stringMatching(/./) });

      await Promise.allSettled([list(), inProcess.list()]);

      double.faults.clear();
      expect(await list()).toMatchObject({ status: 200 });
    }),
    { numRuns: 300 },
  );
  expect(reported).toEqual([]);
}, 60_000);

const deep = nested(100_000);

test.each([
  ["POST", "sandboxes", ["permissions", "tokens", "clock"]],
  ["POST", "reset", ["to", "business_id", "keep"]],
  ["PUT", "state", ["version", "users", "grants", "tokens", "clock", "business_clocks", "faults"]],
  ["POST", "seed", ["users", "businesses", "tokens"]],
  ["PUT", "clock", ["freeze", "set", "offset"]],
  ["POST", "clock/advance", ["seconds", "duration"]],
  ["POST", "faults", ["match", "effect", "when", "times", "skip", "probability"]],
  ["POST", "journal/expect", ["match", "count", "within_ms"]],
])("%s %s refuses what is nested deeply, wherever it stands", async (method, path, names) => {
  const reported: unknown[] = [];
  await using double = await startDouble({ report: (what, error) => reported.push(what, error) });
  const bodies = [
    deep,
    ...["unknown", "__proto__", ...names].flatMap((name) => [`{"${name}": ${deep}}`, `{"${name}": [{"x": ${deep}}]}`]),
  ];

  for (const body of bodies) {
    const response = await fetch(`${double.url}/_double/${path}`, asJson(method, body));
    expect({ status: response.status, body: await response.json() }).toEqual({
      status: 422,
      body: { detail: expect.any(String) },
    });
  }
  expect(reported).toEqual([]);
});
