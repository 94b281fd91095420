import type { FaultRequest } from "@dayzero-tokens/contract/control";
import fc from "fast-check";
import { expect, test } from "vitest";
import { type Double, startDouble } from "../src/index.ts";
import { bodyOf, callsOf, controlOf, wellKnownCaller } from "./calls.ts";

const problems = [{ type: "missing", loc: ["body", "name"], msg: "Field required", input: {} }];
const json = { "content-type": "application/json" };

test.each([
  { status: 204, headers: {}, body: "" },
  { status: 304, headers: {}, body: "" },
  { status: 400, headers: json, body: { detail: "Invalid request parameters" } },
  { status: 401, headers: { ...json, "www-authenticate": "Bearer" }, body: { detail: "Not authenticated" } },
  { status: 403, headers: json, body: { detail: "Not enough permissions" } },
  { status: 404, headers: json, body: { detail: "Resource not found" } },
  { status: 422, headers: json, body: { detail: problems } },
  { status: 429, headers: json, body: { detail: "Too Many Requests" } },
  { status: 500, headers: { "content-type": "text/plain; charset=utf-8" }, body: "Internal Server Error" },
  { status: 503, headers: json, body: { detail: "Service Unavailable" } },
])("a fault with the status $status answers as upstream does", async ({ status, headers, body }) => {
  await using double = await startDouble({ marksReplies: false });
  await controlOf(double).addFault({ body: { effect: { status } } });

  const answer = await callsOf(double, wellKnownCaller).list();

  const { date, connection, "keep-alive": _, "content-length": __, ...sent } = Object.fromEntries(answer.headers);
  expect({ status: answer.status, headers: sent, body: answer.body }).toEqual({ status, headers, body });
});

test("a fault can bring its own body and headers", async () => {
  await using double = await startDouble();
  await controlOf(double).addFault({
    body: {
      effect: {
        status: 503,
        body: { detail: "maintenance", until: [1, null, "ü"] },
        headers: { "Retry-After": "120", "Content-Type": "application/problem+json" },
      },
    },
  });

  const response = await fetch(`${double.url}/api/v1/tokens`);

  expect(response.status).toBe(503);
  expect(response.headers.get("retry-after")).toBe("120");
  expect(response.headers.get("content-type")).toBe("application/problem+json");
  expect(await response.text()).toBe('{"detail":"maintenance","until":[1,null,"ü"]}');
});

test("a fault is answered with its id, and listed with what it has seen and hit", async () => {
  await using double = await startDouble();
  const control = controlOf(double);
  const added = bodyOf(
    await control.addFault({ body: { match: { operation: "listTokens" }, effect: { status: 500 }, skip: 1 } }),
    201,
  );
  expect(added).toEqual({
    id: expect.stringMatching(/^fault-\d+$/),
    match: { operation: "listTokens" },
    effect: { status: 500 },
    when: "before",
    times: null,
    skip: 1,
    probability: 1,
    seen: 0,
    hits: 0,
  });
  const { list, create } = callsOf(double, wellKnownCaller);

  for (const send of [list, list, list, create]) await send();

  expect(bodyOf(await control.listFaults({ query: {} }), 200)).toEqual({ faults: [{ ...added, seen: 3, hits: 2 }] });
  expect(double.faults.list()).toEqual([{ ...added, seen: 3, hits: 2 }]);
  expect(double.journal.entries().map(({ status, fault_id }) => [status, fault_id])).toEqual([
    [200, null],
    [500, added.id],
    [500, added.id],
    [201, null],
  ]);
});

test("a fault is for so many requests after those that it lets pass, and then it is gone", async () => {
  await using double = await startDouble();
  const { list } = callsOf(double, wellKnownCaller);
  await controlOf(double).addFault({ body: { effect: { status: 500 }, skip: 2, times: 3 } });

  const statuses = [];
  for (let n = 0; n < 7; n += 1) statuses.push((await list()).status);

  expect(statuses).toEqual([200, 200, 500, 500, 500, 200, 200]);
  expect(double.faults.list()).toEqual([]);
});

test("skip and times count as a model says, whatever the numbers", async () => {
  await using double = await startDouble();
  await fc.assert(
    fc.asyncProperty(
      fc.nat(4),
      fc.option(fc.integer({ min: 1, max: 4 })),
      fc.nat(10),
      async (skip, times, requests) => {
        await using sandbox = await double.sandbox();
        sandbox.faults.add({ effect: { status: 500 }, skip, ...(times !== null && { times }) });
        const statuses = [];
        for (let n = 0; n < requests; n += 1) statuses.push((await callsOf(double, sandbox).list()).status);
        const end = skip + (times ?? Number.POSITIVE_INFINITY);
        expect(statuses).toEqual(Array.from({ length: requests }, (_, n) => (n >= skip && n < end ? 500 : 200)));
        expect(sandbox.faults.list()).toHaveLength(requests >= end ? 0 : 1);
      },
    ),
    { numRuns: 60 },
  );
}, 30_000);

test("a probability is drawn from the seed: the same seed has the same outcome, another has another", async () => {
  const outcomes = async (randomSeed: string) => {
    await using double = await startDouble({ randomSeed });
    double.faults.add({ effect: { status: 500 }, probability: 0.5 });
    const { list } = callsOf(double, wellKnownCaller);
    const statuses = [];
    for (let n = 0; n < 64; n += 1) statuses.push((await list()).status);
    return statuses;
  };

  const first = await outcomes("a");

  expect(new Set(first)).toEqual(new Set([200, 500]));
  expect(await outcomes("a")).toEqual(first);
  expect(await outcomes("b")).not.toEqual(first);
});

test.each([
  { probability: 0, status: 200 },
  { probability: 1, status: 500 },
])("a probability of $probability is a certainty", async ({ probability, status }) => {
  await using double = await startDouble();
  double.faults.add({ effect: { status: 500 }, probability });
  const answers = await Promise.all(Array.from({ length: 50 }, () => callsOf(double, wellKnownCaller).list()));
  expect(new Set(answers.map((answer) => answer.status))).toEqual(new Set([status]));
});

test("a fault is only for the operation that it names", async () => {
  await using double = await startDouble();
  const { create, list, revoke } = callsOf(double, wellKnownCaller);
  const statuses = async () => [(await create()).status, (await list()).status, (await revoke("none")).status];
  for (const [operation, expected] of [
    ["createToken", [418, 200, 404]],
    ["listTokens", [201, 418, 404]],
    ["revokeToken", [201, 200, 418]],
  ] as const) {
    double.faults.clear();
    double.faults.add({ match: { operation }, effect: { status: 418 } });
    expect(await statuses()).toEqual(expected);
  }
});

test("a fault is only for the business, and only for the token, that it names", async () => {
  await using double = await startDouble();
  const control = controlOf(double);
  const [sandbox, other] = [await double.sandbox({ tokens: ["active"] }), await double.sandbox()];
  const second = { ...sandbox, token: String(sandbox.tokens[0]?.token) };
  const statuses = async () =>
    (await Promise.all([sandbox, second, other].map((caller) => callsOf(double, caller).list()))).map(
      ({ status }) => status,
    );

  await control.addFault({ body: { match: { business_id: sandbox.businessId }, effect: { status: 418 } } });
  expect(await statuses()).toEqual([418, 418, 200]);

  await control.clearFaults({ query: {} });
  await control.addFault({ body: { match: { token_id: sandbox.tokenId }, effect: { status: 418 } } });
  expect(await statuses()).toEqual([418, 200, 200]);
});

test("a fault, a clock and a sandbox are found by the business's id in whatever case", async () => {
  await using double = await startDouble();
  const control = controlOf(double);
  const sandbox = await double.sandbox();
  const business_id = sandbox.businessId.toUpperCase();

  await control.addFault({ body: { match: { business_id }, effect: { status: 418 } } });
  await control.setClock({ query: { business_id }, body: { freeze: "2026-01-01T00:00:00Z" } });

  expect(await callsOf(double, sandbox).list()).toMatchObject({ status: 418 });
  expect(sandbox.clock.now()).toEqual(new Date("2026-01-01T00:00:00Z"));
  expect(bodyOf(await control.readJournal({ query: { business_id } }), 200).entries).toHaveLength(1);
  expect(await control.deleteSandbox({ params: { business_id } })).toMatchObject({ status: 204 });
});

test("a path that is no operation never meets a fault", async () => {
  await using double = await startDouble();
  double.faults.add({ effect: { status: 418 } });
  expect((await fetch(`${double.url}/api/v1/other`)).status).toBe(404);
  expect((await fetch(`${double.url}/api/v1/tokens`, { method: "DELETE" })).status).toBe(405);
});

test("before means that the operation does not happen, nor is anybody asked who they are", async () => {
  await using double = await startDouble();
  const { listed, create } = callsOf(double, wellKnownCaller);
  double.faults.add({ match: { operation: "createToken" }, effect: { status: 503 }, when: "before" });

  expect(await create()).toMatchObject({ status: 503 });
  expect((await fetch(`${double.url}/api/v1/tokens`, { method: "POST" })).status).toBe(503);

  double.faults.clear();
  expect((await listed()).map(({ name }) => name)).toEqual(["well-known"]);
});

test("after means that the token exists, and its answer is lost", async () => {
  await using double = await startDouble();
  const { listed, create } = callsOf(double, wellKnownCaller);
  await controlOf(double).addFault({
    body: { match: { operation: "createToken" }, effect: { status: 503 }, when: "after", times: 1 },
  });

  expect(await create({ name: "lost" })).toMatchObject({ status: 503, body: { detail: "Service Unavailable" } });

  expect((await listed()).map(({ name }) => name)).toEqual(["lost", "well-known"]);
  expect(double.journal.entries()[0]).toMatchObject({ status: 503, rule: "create.created", fault_id: "fault-1" });
});

test("after a revocation whose answer was lost, the token is revoked", async () => {
  await using double = await startDouble();
  const sandbox = await double.sandbox();
  const { created, revoke } = callsOf(double, sandbox);
  const { token, token_info } = await created();
  sandbox.faults.add({ match: { operation: "revokeToken" }, effect: { status: 500 }, when: "after", times: 1 });

  expect(await revoke(token_info.id)).toMatchObject({ status: 500, body: "Internal Server Error" });

  expect(await callsOf(double, { ...sandbox, token }).list()).toMatchObject({ status: 401 });
  expect(await revoke(token_info.id)).toMatchObject({ status: 400, body: { detail: "Token is already revoked" } });
});

test("after strikes refusals too", async () => {
  await using double = await startDouble();
  double.faults.add({ effect: { status: 418 }, when: "after" });
  expect((await fetch(`${double.url}/api/v1/tokens`)).status).toBe(418);
});

test("the newest fault strikes first", async () => {
  await using double = await startDouble();
  const { list } = callsOf(double, wellKnownCaller);
  for (const status of [501, 502, 503]) double.faults.add({ effect: { status }, times: 1 });
  expect(double.faults.list().map(({ effect }) => effect.status)).toEqual([503, 502, 501]);

  const statuses = [];
  for (let n = 0; n < 4; n += 1) statuses.push((await list()).status);

  expect(statuses).toEqual([503, 502, 501, 200]);
});

test.each(["before", "after"] as const)(
  "of many requests at once exactly one takes a fault for one (%s)",
  async (when) => {
    await using double = await startDouble();
    for (const fetch of [double.fetch, globalThis.fetch]) {
      const { list } = callsOf({ url: double.url, fetch }, wellKnownCaller);
      double.faults.add({ effect: { status: 418 }, times: 1, when });

      const answers = await Promise.all(Array.from({ length: 100 }, () => list()));

      expect(answers.filter(({ status }) => status === 418)).toHaveLength(1);
      expect(answers.filter(({ status }) => status === 200)).toHaveLength(99);
    }
  },
);

test("of many requests at once exactly as many take a fault as it is for", async () => {
  await using double = await startDouble();
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 20 }), fc.nat(20), async (times, more) => {
      await using sandbox = await double.sandbox();
      sandbox.faults.add({ effect: { status: 418 }, times });
      const answers = await Promise.all(Array.from({ length: times + more }, () => callsOf(double, sandbox).list()));
      expect(answers.filter(({ status }) => status === 418)).toHaveLength(times);
    }),
    { numRuns: 20 },
  );
}, 30_000);

test("the faults of a sandbox are its own, whatever business they name, and global ones are for all", async () => {
  await using double = await startDouble();
  const [mine, other] = [await double.sandbox(), await double.sandbox()];
  const statuses = async () =>
    (await Promise.all([mine, other].map((caller) => callsOf(double, caller).list()))).map(({ status }) => status);

  mine.faults.add({ match: { business_id: other.businessId }, effect: { status: 418 } });
  expect(await statuses()).toEqual([418, 200]);
  expect(other.faults.list()).toEqual([]);
  expect(other.faults.clear()).toBe(0);
  expect(await statuses()).toEqual([418, 200]);
  // What used to be: whoever guessed an id took away the fault of another.
  const [fault] = mine.faults.list();
  expect(other.faults.remove(String(fault?.id))).toBe(false);
  expect(mine.faults.list()).toEqual([fault]);

  const forAll = double.faults.add({ effect: { status: 500 } });
  expect(mine.faults.remove(forAll.id)).toBe(false);
  expect(await statuses()).toEqual([500, 500]);
  expect(mine.faults.clear()).toBe(1);
  expect(await statuses()).toEqual([500, 500]);
});

test("faults are taken away one by one, by business, or all", async () => {
  await using double = await startDouble();
  const control = controlOf(double);
  const sandbox = await double.sandbox();
  const [one, two] = [double.faults.add({ effect: { status: 500 } }), double.faults.add({ effect: { status: 501 } })];
  sandbox.faults.add({ effect: { status: 502 } });

  expect((await control.removeFault({ params: { id: one.id } })).status).toBe(204);
  expect(await control.removeFault({ params: { id: one.id } })).toMatchObject({
    status: 404,
    body: { detail: "There is no such fault; it may be used up" },
  });
  const { businessId: business_id } = sandbox;
  expect(bodyOf(await control.clearFaults({ query: { business_id } }), 200)).toEqual({ faults: 1 });
  expect(bodyOf(await control.listFaults({ query: {} }), 200)).toEqual({ faults: [two] });
  expect(bodyOf(await control.clearFaults({ query: {} }), 200)).toEqual({ faults: 1 });
  expect(await callsOf(double, wellKnownCaller).list()).toMatchObject({ status: 200 });
});

test("a latency holds the answer back for as long as it says, and the answer is the true one", async () => {
  await using double = await startDouble();
  double.clock.freeze();
  const { create, listed } = callsOf(double, wellKnownCaller);
  for (const when of ["before", "after"] as const) {
    double.faults.add({ effect: { latency: { fixed_ms: 40 } }, when, times: 1 });
    const start = performance.now();

    expect(await create({ name: when })).toMatchObject({ status: 201 });

    // Timers count whole milliseconds.
    expect(performance.now() - start).toBeGreaterThanOrEqual(39);
  }
  expect((await listed()).map(({ name }) => name)).toEqual(["after", "before", "well-known"]);
});

test("who is held back before the operation and leaves, never got as far as it", async () => {
  await using double = await startDouble();
  double.faults.add({ effect: { latency: { fixed_ms: 600_000 } }, times: 1 });
  const { call, listed } = callsOf(double, wellKnownCaller);
  const leaving = new AbortController();
  const request = call("", { method: "POST", body: '{"name": "ci"}', signal: leaving.signal }).catch((error) => error);
  await expect.poll(() => double.faults.list()).toEqual([]);

  leaving.abort();

  expect(await request).toMatchObject({ name: "AbortError" });
  await double.expect({ match: { status: null, operation: "createToken" }, within_ms: 5000 });
  expect((await listed()).map(({ name }) => name)).toEqual(["well-known"]);
});

test("a long latency ends when the double stops", async () => {
  const double = await startDouble();
  double.faults.add({ effect: { latency: { fixed_ms: 600_000 } }, times: 1 });
  const request = callsOf({ url: double.url }, wellKnownCaller).list();
  await expect.poll(() => double.faults.list()).toEqual([]);

  await double.close();

  expect(await request).toMatchObject({ status: 200 });
});

const asJson = (method: string) => ({ method, headers: { "content-type": "application/json" } });

async function postFault({ url }: Double, body: string) {
  const response = await fetch(`${url}/_double/faults`, { ...asJson("POST"), body });
  return { status: response.status, body: await response.json() };
}

const withHeaders = (headers: object) => ({ effect: { status: 503, headers: headers as Record<string, string> } });
const unsendable = "holds a character that a header cannot: a control character, or one beyond Latin-1";

const invalid: [unknown, string][] = [
  [{}, "effect: Invalid input: expected object, received undefined"],
  [{ effect: {} }, "effect: give at least one of status, latency and connection"],
  [{ effect: { headers: { "retry-after": "1" } } }, "effect: headers and a body need a status"],
  [{ effect: { body: {}, latency: { fixed_ms: 1 } } }, "effect: headers and a body need a status"],
  [{ effect: { status: 500, connection: "reset" } }, "effect: only a truncated connection can carry a status"],
  [{ effect: { status: 500 }, time: 1 }, 'unknown name "time"; did you mean "times"?'],
  [
    { effect: { status: 500 }, match: { operation: "create" } },
    'match.operation: Invalid option: expected one of "createToken"|"listTokens"|"revokeToken"',
  ],
  [{ effect: { status: 99 } }, "effect.status: Too small: expected number to be >=200"],
  [{ effect: { status: 500 }, times: 0 }, "times: Too small: expected number to be >=1"],
  [{ effect: { status: 500 }, probability: 2 }, "probability: Too big: expected number to be <=1"],
  [{ effect: { latency: { min_ms: 2, max_ms: 1 } } }, "effect.latency: min_ms is greater than max_ms"],
  [{ effect: { latency: { fixed_ms: 600_001 } } }, "effect.latency.fixed_ms: Too big: expected number to be <=600000"],
  [withHeaders({ "x-a": "中" }), `effect.headers.x-a: ${unsendable}`],
  [withHeaders({ "x-a": "1\r\nx-b: 2" }), `effect.headers.x-a: ${unsendable}`],
  [withHeaders({ "x-a": "\u0000" }), `effect.headers.x-a: ${unsendable}`],
  [withHeaders({ "x a": "1" }), "effect.headers.x a: cannot be the name of a header"],
  [withHeaders({ "": "1" }), "effect.headers.: cannot be the name of a header"],
  [withHeaders(JSON.parse('{"__proto__": "1"}')), "effect.headers.__proto__: cannot be the name of a header"],
  [withHeaders({ "x-a": "1", "X-A": "2" }), "effect.headers.X-A: is given twice: the case of a name does not count"],
  [withHeaders({ "x-a": 5 }), "effect.headers.x-a: Invalid input: expected string, received number"],
  ...[
    "trailer",
    "Transfer-Encoding",
    "content-length",
    "Connection",
    "keep-alive",
    "proxy-connection",
    "te",
    "upgrade",
  ].map((name): [unknown, string] => [
    withHeaders({ [name]: "close" }),
    `effect.headers.${name}: belongs to the connection, which is the double's`,
  ]),
];

test.each(invalid)("the fault %j is refused: %s", async (fault, detail) => {
  await using double = await startDouble();

  expect(await postFault(double, JSON.stringify(fault))).toEqual({ status: 422, body: { detail } });
  // Whoever is not held by types hears the same in process.
  expect(() => double.faults.add(fault as FaultRequest)).toThrow(new RangeError(detail));

  expect(double.faults.list()).toEqual([]);
});

test.each([
  ["arrays", 101, "[", "]"],
  ["arrays", 1500, "[", "]"],
  ["objects", 100_000, '{"a":', "}"],
])("a body of %s nested %i deep is refused, and the double goes on", async (_, depth, open, close) => {
  await using double = await startDouble();
  const body = `${open.repeat(depth)}1${close.repeat(depth)}`;
  const detail = "effect.body: is nested more than 100 deep";

  expect(await postFault(double, `{"effect": {"status": 503, "body": ${body}}}`)).toEqual({
    status: 422,
    body: { detail },
  });
  expect(() => double.faults.add({ effect: { status: 503, body: JSON.parse(body) } })).toThrow(new RangeError(detail));

  expect(await callsOf(double, wellKnownCaller).list()).toMatchObject({ status: 200 });
});

test.each(["before", "after"] as const)(
  "a body of 100 levels is sent as it is, with every name that JSON can have (%s)",
  async (when) => {
    await using double = await startDouble();
    const body = `{"__proto__":{"a":1},"deep":${"[".repeat(99)}1${"]".repeat(99)}}`;
    expect(await postFault(double, `{"when": "${when}", "effect": {"status": 503, "body": ${body}}}`)).toMatchObject({
      status: 201,
    });
    for (const send of [fetch, double.fetch]) {
      expect(await (await send(`${double.url}/api/v1/tokens`)).text()).toBe(body);
    }
  },
);

test("what is no JSON is refused in process", async () => {
  await using double = await startDouble();
  const circle: { self?: object } = {};
  circle.self = circle;
  for (const [body, why] of [
    [Number.NaN, "is no JSON"],
    [{ at: new Map() }, "is no JSON"],
    [[() => {}], "is no JSON"],
    [circle, "is nested more than 100 deep"],
  ]) {
    const fault = { effect: { status: 503, body } } as FaultRequest;
    expect(() => double.faults.add(fault)).toThrow(new RangeError(`effect.body: ${why}`));
  }
});

test("a fault stays as it was added, whatever becomes of what it was made from", async () => {
  await using double = await startDouble();
  const body = { items: [1] };
  double.faults.add({ effect: { status: 503, body } });

  body.items.push(2);

  expect(await callsOf(double, wellKnownCaller).list()).toMatchObject({ status: 503, body: { items: [1] } });
});

test("a refusal does not repeat a secret, neither over HTTP nor in process", async () => {
  await using double = await startDouble();
  const fault = withHeaders({ [`${wellKnownCaller.token} `]: "1" });
  const detail = "effect.headers.dz_eyJ... : cannot be the name of a header";
  expect(await postFault(double, JSON.stringify(fault))).toEqual({ status: 422, body: { detail } });
  expect(() => double.faults.add(fault)).toThrow(new RangeError(detail));
});

test("there can be 1000 faults at once, and one more when one is taken away", async () => {
  await using double = await startDouble();
  const [sandbox, other] = [await double.sandbox(), await double.sandbox()];
  const add = (steered: Pick<Double, "faults">) => steered.faults.add({ effect: { status: 418 } });
  for (let n = 0; n < 998; n += 1) add(sandbox);
  const last = [add(double), add(other)];
  const detail = "1000 faults are in force, which is as many as there may be; take away what is no longer needed";

  expect(await postFault(double, '{"effect": {"status": 500}}')).toEqual({ status: 409, body: { detail } });
  for (const steered of [double, sandbox, other]) expect(() => add(steered)).toThrow(detail);

  expect(double.faults.list()).toHaveLength(1000);
  expect(double.faults.list().slice(0, 2)).toEqual(last.toReversed());
  expect(double.faults.remove(String(last[0]?.id))).toBe(true);
  expect(await postFault(double, '{"effect": {"status": 500}}')).toMatchObject({ status: 201 });
  expect(sandbox.faults.clear()).toBe(998);
  expect(double.faults.list()).toHaveLength(2);
});

test("a state with more than 1000 faults is refused, and what was there stays", async () => {
  await using double = await startDouble();
  const fault = double.faults.add({ effect: { status: 418 } });
  const state = { ...(await double.snapshot()), faults: Array.from({ length: 1001 }, () => fault), users: [] };
  const detail = "faults: Too big: expected array to have <=1000 items";

  const response = await double.fetch(`${double.url}/_double/state`, { ...asJson("PUT"), body: JSON.stringify(state) });
  expect({ status: response.status, body: await response.json() }).toEqual({ status: 422, body: { detail } });
  await expect(double.restore(state)).rejects.toThrow(new RangeError(detail));

  expect(double.faults.list()).toEqual([fault]);
  expect((await double.snapshot()).users).toHaveLength(1);
});

test("a state with a fault that cannot be sent is refused", async () => {
  await using double = await startDouble();
  const fault = double.faults.add({ effect: { status: 503, headers: { "x-a": "1" } } });
  const state = { ...(await double.snapshot()), faults: [{ ...fault, ...withHeaders({ trailer: "x" }) }] };
  await expect(double.restore(state)).rejects.toThrow("faults.0.effect.headers.trailer: belongs to the connection");
});

test("restored faults strike in the order that they were listed in, and new ones before them", async () => {
  await using first = await startDouble();
  await using second = await startDouble();
  const { businessId: business_id } = wellKnownCaller;
  for (const [at, match] of [{}, { business_id }, {}, { business_id }].entries()) {
    first.faults.add({ match, effect: { status: 500 + at }, times: 1 });
  }

  await second.restore(await first.snapshot());

  expect(second.faults.list()).toEqual(first.faults.list());
  expect(second.faults.add({ effect: { status: 504 }, times: 1 })).toMatchObject({ id: "fault-5" });
  const statuses = [];
  for (let n = 0; n < 6; n += 1) statuses.push((await callsOf(second, wellKnownCaller).list()).status);
  expect(statuses).toEqual([504, 503, 502, 501, 500, 200]);
});

test("the business of a fault is found in whatever case in process too", async () => {
  await using double = await startDouble();
  const match = { business_id: wellKnownCaller.businessId.toUpperCase() };
  double.faults.add({ match, effect: { status: 418 } });
  expect(await callsOf(double, wellKnownCaller).list()).toMatchObject({ status: 418 });
});

test("a fault in process and one over HTTP are the same", async () => {
  await using double = await startDouble();
  const fault: FaultRequest = { match: { operation: "listTokens" }, effect: { status: 500 }, times: 2, skip: 1 };
  const [first, second] = [double.faults.add(fault), bodyOf(await controlOf(double).addFault({ body: fault }), 201)];
  expect({ ...second, id: first.id }).toEqual(first);
});
