// biome-ignore-all lint/suspicious/noThenProperty: hooks may give whatever they like.
import { expect, test, vi } from "vitest";
import { DayZero, type DayZeroOptions, type ErrorEvent, type RequestEvent, type ResponseEvent } from "../src/index.ts";
import { answer, businessId, created, listed, startRawServer, token } from "./raw-server.ts";
import { skipWaits } from "./waits.ts";

test("hooks hear of every attempt and every answer", async () => {
  skipWaits();
  const heard: unknown[] = [];
  await using server = await startRawServer((_, __, n) =>
    n === 0 ? answer(429, "", { "retry-after": "0" }) : answer(201, "{}", { "x-request-id": "req-2" }),
  );
  const dayzero = new DayZero({
    ...server.options,
    responseValidation: "off",
    onRequest: (event) => void heard.push(event),
    onResponse: (event) => void heard.push(event),
  });
  await dayzero.tokens.create({ name: "ci" });
  const url = `${server.baseUrl}/api/v1/tokens`;
  const request = {
    callId: expect.any(String),
    operation: "tokens.create",
    method: "POST",
    url,
    headers: expect.objectContaining({ authorization: "***" }),
  };
  const duration = expect.any(Number);
  expect(heard).toEqual([
    { ...request, attempt: 1 },
    { ...request, attempt: 1, status: 429, ok: false, requestId: undefined, duration },
    { ...request, attempt: 2 },
    { ...request, attempt: 2, status: 201, ok: true, requestId: "req-2", duration },
  ]);
});

test("a hook that throws changes nothing, and is told to the logger", async () => {
  const warn = vi.fn();
  await using server = await startRawServer(() => created);
  const fail = () => {
    throw new Error("a bug of the observer");
  };
  const dayzero = new DayZero({ ...server.options, onRequest: fail, onResponse: fail, logger: { warn } });
  expect(await dayzero.tokens.create({ name: "ci" })).toHaveProperty("token");
  expect(warn.mock.calls).toEqual([
    ["dayzero-tokens: A hook threw: Error: a bug of the observer"],
    ["dayzero-tokens: A hook threw: Error: a bug of the observer"],
  ]);
});

test("a logger that throws changes nothing", async () => {
  await using server = await startRawServer(() => answer(201, "{}", { deprecation: "true" }));
  const warn = () => {
    throw new Error("no log");
  };
  const dayzero = new DayZero({ ...server.options, responseValidation: "off", logger: { warn } });
  expect(await dayzero.tokens.create({ name: "ci" })).toEqual({});
});

test("a deprecated route is told once, with its end where it is known", async () => {
  const warn = vi.fn();
  await using server = await startRawServer(() =>
    answer(201, "{}", { deprecation: "@1", sunset: "Sat, 01 Jan 2028 00:00:00 GMT" }),
  );
  const dayzero = new DayZero({ ...server.options, responseValidation: "off", logger: { warn } });
  await dayzero.tokens.create({ name: "ci" });
  await dayzero.tokens.create({ name: "ci" });
  await dayzero.tokens.revoke("id");
  expect(warn.mock.calls).toEqual([
    ["dayzero-tokens: tokens.create is deprecated: Sat, 01 Jan 2028 00:00:00 GMT"],
    ["dayzero-tokens: tokens.revoke is deprecated: Sat, 01 Jan 2028 00:00:00 GMT"],
  ]);
});

/** What was rejected, and handled by nobody, while `run` ran. */
async function unhandledIn(run: () => Promise<unknown>): Promise<unknown[]> {
  const unhandled: unknown[] = [];
  const listen = (reason: unknown) => unhandled.push(reason);
  process.on("unhandledRejection", listen);
  await run();
  await new Promise((resolve) => setImmediate(resolve));
  process.off("unhandledRejection", listen);
  return unhandled;
}

test.each([
  ["rejects", async () => Promise.reject(new Error("a bug")), "Error: a bug"],
  ["gives a thenable that rejects", () => ({ then: (_: unknown, no: (why: string) => void) => no("why") }), "why"],
  [
    "gives what only looks like a promise",
    () =>
      Object.defineProperty({}, "then", {
        get: () => {
          throw new Error("then");
        },
      }),
    "Error: then",
  ],
  [
    "throws a symbol",
    () => {
      throw Symbol("odd");
    },
    "Symbol(odd)",
  ],
  [
    "throws what has no text",
    () => {
      throw Object.create(null);
    },
    "an error that can't be read",
  ],
])("a hook that %s changes nothing, and is told to the logger", async (_, hook, said) => {
  const warn = vi.fn();
  await using server = await startRawServer((_socket, _request, n) => (n === 0 ? created : answer(400)));
  const dayzero = new DayZero({
    ...server.options,
    onRequest: hook,
    onResponse: hook,
    onError: hook,
    logger: { warn },
  });
  const unhandled = await unhandledIn(async () => {
    expect(await dayzero.tokens.create({ name: "ci" })).toHaveProperty("token");
    expect(await dayzero.tokens.create({ name: "ci" }).result()).toHaveProperty("error.status", 400);
  });
  expect(unhandled).toEqual([]);
  expect(warn.mock.calls).toEqual(Array.from({ length: 5 }, () => [`dayzero-tokens: A hook threw: ${said}`]));
});

test("a logger that rejects changes nothing", async () => {
  await using server = await startRawServer(() => answer(201, "{}", { deprecation: "true" }));
  const warn = async () => Promise.reject(new Error("no log"));
  const dayzero = new DayZero({ ...server.options, responseValidation: "off", logger: { warn } });
  expect(await unhandledIn(async () => dayzero.tokens.create({ name: "ci" }))).toEqual([]);
});

test("calls that are looked at later are not unhandled meanwhile", async () => {
  await using server = await startRawServer(() => answer(400));
  const dayzero = new DayZero(server.options);
  const unhandled = await unhandledIn(async () => {
    const create = dayzero.tokens.create({ name: "ci" });
    const list = dayzero.tokens.list();
    await dayzero.tokens.revoke("id").result();
    await new Promise((resolve) => setImmediate(resolve));
    expect(await create.result()).toHaveProperty("error.status", 400);
    await expect(list[Symbol.asyncIterator]().next()).rejects.toMatchObject({ status: 400 });
    await expect(create).rejects.toMatchObject({ status: 400 });
    await expect(create.withResponse()).rejects.toMatchObject({ status: 400 });
  });
  expect(unhandled).toEqual([]);
});

test("failed attempts are told with the wait before the next, and the last one without", async () => {
  const waits = skipWaits();
  const failures: ErrorEvent[] = [];
  await using server = await startRawServer((_, __, n) =>
    n === 0 ? answer(503, "", { "retry-after": "2" }) : answer(400, { detail: "No" }),
  );
  const onError = (event: ErrorEvent) => failures.push(event);
  const error = await new DayZero({ ...server.options, onError }).tokens
    .create({ name: "ci" })
    .catch((thrown) => thrown);
  expect(failures).toEqual([
    {
      callId: expect.any(String),
      operation: "tokens.create",
      attempt: 1,
      error: expect.objectContaining({ status: 503 }),
      wait: 2001,
    },
    { callId: failures[0]?.callId, operation: "tokens.create", attempt: 2, error, wait: undefined },
  ]);
  expect(waits).toEqual([2001]);
});

test.each([
  ["can't be sent", { maxRetries: -1 }, { code: "config", attempts: 0 }],
  [
    "never gets its credential",
    { apiToken: () => Promise.reject(new Error("sealed")) },
    { code: "config", attempts: 0 },
  ],
  ["has no business", { businessId: "" }, { code: "config", attempts: 0 }],
  ["is aborted before it begins", { signal: AbortSignal.abort() }, { code: "aborted", attempts: 0 }],
] as const)("a call that %s is told as a failure", async (_, options, expected) => {
  const failures: ErrorEvent[] = [];
  const onError = (event: ErrorEvent) => failures.push(event);
  const { signal, ...rest } = { signal: undefined, ...options };
  const dayzero = new DayZero({ apiToken: token, businessId, onError, ...rest });
  const error = await dayzero.tokens.create({ name: "ci" }, { signal }).catch((thrown) => thrown);
  expect(error).toMatchObject(expected);
  expect(failures).toEqual([
    { callId: expect.any(String), operation: "tokens.create", attempt: 0, error, wait: undefined },
  ]);
});

test("a call that is aborted between two attempts ends with the abort", async () => {
  const failures: ErrorEvent[] = [];
  const controller = new AbortController();
  await using server = await startRawServer(() => answer(429, "", { "retry-after": "10" }));
  const onError = (event: ErrorEvent) => {
    failures.push(event);
    setImmediate(() => controller.abort());
  };
  const dayzero = new DayZero({ ...server.options, onError });
  const error = await dayzero.tokens.create({ name: "ci" }, { signal: controller.signal }).catch((thrown) => thrown);
  expect(failures.map(({ error: { code }, wait, attempt }) => [code, wait, attempt])).toEqual([
    ["rate_limit", 10_001, 1],
    ["aborted", undefined, 1],
  ]);
  expect(failures[1]?.error).toBe(error);
});

test("every event says which call it belongs to, also when calls run at once", async () => {
  skipWaits();
  const events: (ErrorEvent | RequestEvent | ResponseEvent)[] = [];
  const see = (event: ErrorEvent | RequestEvent | ResponseEvent) => events.push(event);
  await using server = await startRawServer((_, __, n) => (n < 2 ? answer(503) : listed));
  const options = { ...server.options, onRequest: see, onResponse: see, onError: see } satisfies DayZeroOptions;
  const first = new DayZero(options);
  await Promise.all([first.tokens.list(), first.withOptions({}).tokens.list()]);
  const ids = [...new Set(events.map(({ callId }) => callId))];
  expect(ids).toHaveLength(2);
  for (const id of ids) {
    const own = events.filter(({ callId }) => callId === id);
    expect(own.map((event) => ("error" in event ? "error" : "status" in event ? event.status : "request"))).toEqual([
      "request",
      503,
      "error",
      "request",
      200,
    ]);
  }
});

test("an answer that is a success of no use is told as none", async () => {
  const heard: unknown[] = [];
  await using server = await startRawServer(() => answer(201, "<html>"));
  const dayzero = new DayZero({
    ...server.options,
    onResponse: ({ ok, status }) => heard.push([ok, status]),
    onError: ({ error }) => heard.push(error.code),
  });
  await dayzero.tokens.create({ name: "ci" }).result();
  expect(heard).toEqual([[false, 201], "response_format"]);
});

test("the duration of an answer is no longer than the call", async () => {
  const durations: number[] = [];
  await using server = await startRawServer(() => listed);
  const start = performance.now();
  const onResponse = ({ duration }: ResponseEvent) => durations.push(duration);
  await new DayZero({ ...server.options, onResponse }).tokens.list();
  const [duration = -1] = durations;
  expect(duration).toBeGreaterThanOrEqual(0);
  expect(duration).toBeLessThanOrEqual(performance.now() - start);
});
