import { expect, test } from "vitest";
import { ExpectationError, startDouble } from "../src/index.ts";
import { bodyOf, callsOf, controlOf, wellKnownCaller } from "./calls.ts";

test("an expectation that is met answers at once with the count and the entries", async () => {
  await using double = await startDouble();
  const { create, list } = callsOf(double, wellKnownCaller);
  for (const send of [create, list, create]) await send();

  const met = bodyOf(await controlOf(double).expect({ body: { match: { operation: "createToken" } } }), 200);

  expect(met.count).toBe(2);
  expect(met.entries).toEqual(double.journal.entries({ operation: "createToken" }));
  expect(await double.expect({ match: { operation: "createToken", status: 201 }, count: { min: 2, max: 2 } })).toEqual(
    met,
  );
});

test("an expectation that is not met answers with the nearest entries and what differs in each", async () => {
  await using double = await startDouble();
  const sandbox = await double.sandbox();
  const { list, revoke } = callsOf(double, sandbox);
  await list(); // 1
  await revoke("none"); // 2
  await list("?sort_by=x"); // 3
  await fetch(`${double.url}/nowhere`); // 4

  const unmet = bodyOf(
    await controlOf(double).expect({
      body: { match: { operation: "listTokens", status: 401, business_id: sandbox.businessId } },
    }),
    409,
  );

  const [first, second, third, fourth] = double.journal.entries();
  expect(unmet).toEqual({
    detail: "0 requests match, at least 1 were expected",
    reason: "too_few",
    count: 0,
    nearest: [
      { entry: third, differs: [{ field: "status", expected: 401, actual: 400 }] },
      { entry: first, differs: [{ field: "status", expected: 401, actual: 200 }] },
      {
        entry: second,
        differs: [
          { field: "operation", expected: "listTokens", actual: "revokeToken" },
          { field: "status", expected: 401, actual: 404 },
        ],
      },
    ],
  });
  expect(fourth).toBeDefined();
});

test("in process the failure is an error whose message says what came near and why it was not it", async () => {
  await using double = await startDouble();
  const { list } = callsOf(double, wellKnownCaller);
  await list();
  await list("?sort_by=x");

  const error: unknown = await double
    .expect({ match: { operation: "createToken", status: 201 }, count: { min: 2 } })
    .catch((error) => error);

  expect(error).toBeInstanceOf(ExpectationError);
  expect(error).toMatchObject({
    name: "ExpectationError",
    message: [
      "0 requests match, at least 2 were expected",
      '  near: #2 GET /api/v1/tokens 400: operation is "listTokens", not "createToken", status is 400, not 201',
      '  near: #1 GET /api/v1/tokens 200: operation is "listTokens", not "createToken", status is 200, not 201',
    ].join("\n"),
    unmet: { reason: "too_few", count: 0 },
  });
});

test("an expectation waits until it is met, and no longer", async () => {
  await using double = await startDouble();
  const { create } = callsOf(double, wellKnownCaller);
  const expectation = { match: { operation: "createToken" as const }, count: { min: 3 }, within_ms: 600_000 };
  const waiting = Promise.all([double.expect(expectation), controlOf(double).expect({ body: expectation })]);

  for (let n = 0; n < 3; n += 1) await create();

  const [met, answer] = await waiting;
  expect(met).toMatchObject({ count: 3, entries: [{ id: 1 }, { id: 2 }, { id: 3 }] });
  expect(bodyOf(answer, 200)).toEqual(met);
});

test("an expectation that is still not met when its time is over says so", async () => {
  await using double = await startDouble();
  const start = performance.now();
  await expect(double.expect({ within_ms: 40 })).rejects.toMatchObject({
    unmet: { reason: "too_few", count: 0, nearest: [] },
  });
  expect(performance.now() - start).toBeGreaterThanOrEqual(39);
});

test("a frozen clock does not stop the time that an expectation waits", async () => {
  await using double = await startDouble();
  double.clock.freeze("2026-03-01T12:00:00Z");
  await expect(double.expect({ within_ms: 1 })).rejects.toBeInstanceOf(ExpectationError);
});

test("an upper bound waits out its time, and is broken at once", async () => {
  await using double = await startDouble();
  const { list } = callsOf(double, wellKnownCaller);
  await list();
  const start = performance.now();

  const met = await double.expect({ count: { max: 1 }, within_ms: 40 });
  expect(met).toMatchObject({ count: 1 });
  expect(performance.now() - start).toBeGreaterThanOrEqual(39);

  const broken = double.expect({ count: { max: 2 }, within_ms: 600_000 }).catch((error) => error);
  await list();
  await list();
  expect(await broken).toMatchObject({
    unmet: {
      detail: "3 requests match, at most 2 were expected",
      reason: "too_many",
      count: 3,
      nearest: [
        { entry: { id: 3 }, differs: [] },
        { entry: { id: 2 }, differs: [] },
        { entry: { id: 1 }, differs: [] },
      ],
    },
  });
});

test("that nothing happened is an expectation too", async () => {
  await using double = await startDouble();
  const none = { match: { operation: "revokeToken" as const }, count: { max: 0 } };
  expect(await double.expect(none)).toEqual({ count: 0, entries: [] });
  await callsOf(double, wellKnownCaller).revoke("none");
  await expect(double.expect(none)).rejects.toMatchObject({ unmet: { reason: "too_many", count: 1 } });
});

test("a request that got no answer is found by the status null", async () => {
  await using double = await startDouble();
  double.faults.add({ effect: { connection: "empty" }, times: 1 });
  await callsOf(double, wellKnownCaller)
    .list()
    .catch(() => {});
  await callsOf(double, wellKnownCaller).list();
  expect(await double.expect({ match: { status: null }, count: { min: 1, max: 1 } })).toMatchObject({
    entries: [{ id: 1 }],
  });
});

test("an expectation refuses where entries that may have counted were dropped", async () => {
  await using double = await startDouble({ journal: 3 });
  const control = controlOf(double);
  const sandbox = await double.sandbox();
  const { list, create } = callsOf(double, sandbox);
  for (let n = 0; n < 5; n += 1) await list();
  const truncated = {
    detail:
      "The journal has dropped entries that may have matched: raise --journal or --journal-bytes, or pass `since`",
    reason: "truncated",
  };

  for (const count of [{ max: 3 }, { max: 0 }, { min: 4 }, { min: 1, max: 10 }]) {
    const match = { operation: count.max === 0 ? ("createToken" as const) : ("listTokens" as const) };
    expect(bodyOf(await control.expect({ body: { match, count } }), 409)).toMatchObject(truncated);
    await expect(sandbox.expect({ match, count })).rejects.toMatchObject({ unmet: truncated });
  }

  // What is there is enough.
  expect(await sandbox.expect({ match: { operation: "listTokens" }, count: { min: 3 } })).toMatchObject({ count: 3 });
  // Nothing was dropped of what came since, nor of another business.
  expect(await sandbox.expect({ match: { since: 2 }, count: { max: 3 } })).toMatchObject({ count: 3 });
  const other = await double.sandbox();
  expect(await other.expect({ count: { max: 0 } })).toMatchObject({ count: 0 });
  await create();
  await expect(sandbox.expect({ match: { since: 2 }, count: { max: 3 } })).rejects.toMatchObject({ unmet: truncated });
});

test("a sandbox expects of itself only", async () => {
  await using double = await startDouble();
  const [mine, other] = [await double.sandbox(), await double.sandbox()];
  await callsOf(double, other).list();
  await expect(mine.expect({ match: { operation: "listTokens" } })).rejects.toMatchObject({ unmet: { count: 0 } });
  await callsOf(double, mine).list();
  expect(await mine.expect({ match: { operation: "listTokens" }, count: { min: 1, max: 1 } })).toMatchObject({
    count: 1,
  });
});

test("an expectation that waits is answered when the double stops, and keeps it from nothing", async () => {
  const double = await startDouble();
  const waiting = [
    double.expect({ within_ms: 600_000 }).catch((error) => error.unmet),
    controlOf(double).expect({ body: { within_ms: 600_000 } }),
  ];
  await expect.poll(() => fetch(`${double.url}/_double/ready`).then(({ status }) => status)).toBe(200);

  await double.close();

  expect(await waiting[0]).toMatchObject({ reason: "too_few" });
});

test.each([
  [{ count: { min: 2, max: 1 } }, "count: min is greater than max"],
  [{ mach: {} }, 'unknown name "mach"; did you mean "match"?'],
  [
    { match: { operation: "list" } },
    'match.operation: Invalid option: expected one of "createToken"|"listTokens"|"revokeToken"',
  ],
  [{ within_ms: -1 }, "within_ms: Too small: expected number to be >=0"],
])("the expectation %j is refused: %s", async (expectation, detail) => {
  await using double = await startDouble();
  const response = await fetch(`${double.url}/_double/journal/expect`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(expectation),
  });
  expect({ status: response.status, body: await response.json() }).toEqual({ status: 422, body: { detail } });
});
