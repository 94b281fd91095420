import { getEventListeners } from "node:events";
import { afterEach, expect, test, vi } from "vitest";
import { AbortedError, DayZero, TimeoutError } from "../src/index.ts";
import { answer, businessId, created, listed, startRawServer, token } from "./raw-server.ts";

const refused = async (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => expect.fail("it should have been refused"),
    (error) => error,
  );

afterEach(() => {
  vi.useRealTimers();
});

const halfABody = "HTTP/1.1 201 Created\r\ncontent-type: application/json\r\ncontent-length: 500\r\n\r\n{";

test("a timeout bounds a server that never answers", async () => {
  await using server = await startRawServer(() => undefined);
  const error = await refused(new DayZero(server.options).tokens.create({ name: "ci" }, { timeout: 40 }));
  expect(error).toBeInstanceOf(TimeoutError);
  expect(error).toMatchObject({
    code: "timeout",
    attempts: 1,
    outcome: "unknown",
    message: "tokens.create took longer than 40 ms (may have been carried out)",
  });
});

test("a timeout bounds a body that stalls", async () => {
  await using server = await startRawServer(() => halfABody);
  const error = await refused(new DayZero(server.options).tokens.create({ name: "ci" }, { timeout: 40 }));
  expect(error).toBeInstanceOf(TimeoutError);
  expect(error).toMatchObject({ attempts: 1, outcome: "unknown" });
});

test("a timeout bounds each attempt of a list, and the total timeout all of them", async () => {
  vi.useFakeTimers();
  vi.spyOn(Math, "random").mockReturnValue(0);
  const fetch = () => new Promise<Response>(() => {});
  const dayzero = new DayZero({ apiToken: token, businessId, fetch, timeout: 1000, totalTimeout: 2500, maxRetries: 9 });

  const refusal = refused(dayzero.tokens.list());
  await vi.advanceTimersByTimeAsync(2500);

  expect(await refusal).toMatchObject({
    code: "timeout",
    attempts: 3,
    message: "tokens.list took longer than 2500 ms",
  });
});

test("a timeout bounds a fetch that heeds no signal", async () => {
  const fetch = () => new Promise<Response>(() => {});
  const dayzero = new DayZero({ apiToken: token, businessId, fetch, timeout: 20 });
  expect(await refused(dayzero.tokens.create({ name: "ci" }))).toBeInstanceOf(TimeoutError);
});

test("a credential that comes too late is not used: nothing is sent", async () => {
  await using server = await startRawServer(() => created);
  let give = (_token: string) => {};
  const apiToken = () =>
    new Promise<string>((resolve) => {
      give = resolve;
    });
  const error = await refused(new DayZero({ ...server.options, apiToken, maxRetries: 0, timeout: 10 }).tokens.list());
  give(token);
  await new Promise((resolve) => setImmediate(resolve));
  expect(error).toMatchObject({ code: "timeout", attempts: 0, outcome: "not_sent" });
  expect(server.requests).toHaveLength(0);
});

test("a signal and a timeout hold together", async () => {
  await using server = await startRawServer(() => undefined);
  const { signal } = new AbortController();
  const error = await refused(new DayZero(server.options).tokens.create({ name: "ci" }, { signal, timeout: 20 }));
  expect(error).toBeInstanceOf(TimeoutError);
});

test.each([
  ["the answer", () => undefined],
  ["the rest of the body", () => halfABody],
])("an abort while waiting for %s keeps its reason", async (_, behave) => {
  const controller = new AbortController();
  const reason = new Error("the user left");
  await using server = await startRawServer(() => {
    setImmediate(() => controller.abort(reason));
    return behave();
  });
  const error = await refused(new DayZero(server.options).tokens.create({ name: "ci" }, { signal: controller.signal }));
  expect(error).toBeInstanceOf(AbortedError);
  expect(error).toMatchObject({ code: "aborted", attempts: 1, outcome: "unknown" });
  expect(error).toHaveProperty("cause", reason);
});

test("an abort between two attempts ends the call at once, before anything else can happen", async () => {
  await using server = await startRawServer(() => answer(429, "", { "retry-after": "10" }));
  const controller = new AbortController();
  let onResponse = () => {};
  const waiting = new Promise<void>((resolve) => {
    onResponse = () => void setImmediate(resolve);
  });
  const dayzero = new DayZero({ ...server.options, onResponse });
  const call = dayzero.tokens.create({ name: "ci" }, { signal: controller.signal });
  const ended = call.catch((thrown) => thrown);
  await waiting;

  controller.abort("enough");

  const first = await Promise.race([ended, new Promise((resolve) => setImmediate(resolve, "too late"))]);
  expect(first).toMatchObject({ code: "aborted", attempts: 1, outcome: "rejected", cause: "enough" });
});

test("a signal that has aborted already sends nothing", async () => {
  await using server = await startRawServer(() => created);
  const error = await refused(
    new DayZero(server.options).tokens.create({ name: "ci" }, { signal: AbortSignal.abort() }),
  );
  expect(server.requests).toHaveLength(0);
  expect(error).toMatchObject({ code: "aborted", attempts: 0, outcome: "not_sent" });
});

test("twenty calls, well and badly ended, leave no listener on a signal that lives on", async () => {
  await using server = await startRawServer((_, __, n) => (n % 2 === 0 ? listed : answer(400)));
  const { signal } = new AbortController();
  const dayzero = new DayZero(server.options);
  for (let n = 0; n < 20; n++) await dayzero.tokens.list({}, { signal }).result();
  expect(getEventListeners(signal, "abort")).toHaveLength(0);
});

test("an abort leaves no listener either", async () => {
  await using server = await startRawServer(() => undefined);
  const controller = new AbortController();
  const call = new DayZero(server.options).tokens.list({}, { signal: controller.signal }).result();
  controller.abort();
  await call;
  expect(getEventListeners(controller.signal, "abort")).toHaveLength(0);
});

test("a hundred calls at once share one listener on one signal: no platform warns of a leak", async () => {
  const warnings: Error[] = [];
  const listen = (warning: Error) => warnings.push(warning);
  process.on("warning", listen);
  const { signal } = new AbortController();
  const gates: (() => void)[] = [];
  const fetch = () =>
    new Promise<Response>((resolve) => {
      gates.push(() => resolve(Response.json({ items: [], has_next: false, has_prev: false })));
    });
  const dayzero = new DayZero({ apiToken: token, businessId, fetch });
  const calls = Array.from({ length: 100 }, () => dayzero.tokens.list({}, { signal }));
  await vi.waitFor(() => expect(gates).toHaveLength(100));
  expect(getEventListeners(signal, "abort")).toHaveLength(1);
  for (const open of gates) open();
  await Promise.all(calls);
  await new Promise((resolve) => setImmediate(resolve));
  process.off("warning", listen);
  expect(getEventListeners(signal, "abort")).toHaveLength(0);
  expect(warnings).toEqual([]);
});

test("an abort ends every call that shares the signal, with its reason", async () => {
  const controller = new AbortController();
  const fetch = () => new Promise<Response>(() => {});
  const dayzero = new DayZero({ apiToken: token, businessId, fetch });
  const calls = Array.from({ length: 3 }, () => refused(dayzero.tokens.list({}, { signal: controller.signal })));
  await new Promise((resolve) => setImmediate(resolve));
  controller.abort("enough");
  for (const error of await Promise.all(calls)) expect(error).toMatchObject({ code: "aborted", cause: "enough" });
});

test("a call leaves no timer behind, however it ends", async () => {
  vi.useFakeTimers();
  const answers = [Response.json({ items: [], has_next: false, has_prev: false }), new Response("", { status: 400 })];
  const fetch = async () => answers.shift() ?? Promise.reject(new Error("cut"));
  const dayzero = new DayZero({ apiToken: token, businessId, fetch, maxRetries: 0 });
  for (let n = 0; n < 3; n++) await dayzero.tokens.list().result();
  await dayzero.tokens.list({}, { signal: AbortSignal.abort() }).result();
  expect(vi.getTimerCount()).toBe(0);
});

test("the request itself is aborted when time is up, and when the caller's signal aborts", async () => {
  const signals: AbortSignal[] = [];
  const fetch = (_: string, { signal }: { signal: AbortSignal }) => {
    signals.push(signal);
    return new Promise<Response>(() => {});
  };
  const dayzero = new DayZero({ apiToken: token, businessId, fetch, maxRetries: 0 });
  await dayzero.tokens.list({}, { timeout: 5 }).result();
  const controller = new AbortController();
  const call = dayzero.tokens.list({}, { signal: controller.signal }).result();
  await new Promise((resolve) => setImmediate(resolve));
  expect(signals.map(({ aborted }) => aborted)).toEqual([true, false]);
  controller.abort("enough");
  await call;
  expect(signals.map(({ aborted }) => aborted)).toEqual([true, true]);
  expect(signals[1]?.reason).toBe("enough");
});

test("a credential that comes too late is not used by a fetch that heeds no signal either", async () => {
  const fetch = vi.fn();
  let give = (_token: string) => {};
  const apiToken = () =>
    new Promise<string>((resolve) => {
      give = resolve;
    });
  const dayzero = new DayZero({ apiToken, businessId, fetch, maxRetries: 0, timeout: 5 });
  expect(await refused(dayzero.tokens.create({ name: "ci" }))).toMatchObject({ code: "timeout", attempts: 0 });
  give(token);
  await new Promise((resolve) => setImmediate(resolve));
  expect(fetch).not.toHaveBeenCalled();
});

test("a credential that can't be had on the second attempt does not undo the first", async () => {
  vi.spyOn(Math, "random").mockReturnValue(0);
  const tokens = [token];
  const apiToken = () => tokens.shift() ?? Promise.reject(new Error("sealed"));
  const fetch = async () => new Response("", { status: 503 });
  const dayzero = new DayZero({ apiToken, businessId, fetch });
  expect(await refused(dayzero.tokens.list())).toMatchObject({ code: "config", attempts: 1, outcome: "unknown" });
});

test("a timeout of many years is one", async () => {
  vi.useFakeTimers();
  const fetch = () => new Promise<Response>(() => {});
  const years = { timeout: 2 ** 40, totalTimeout: 2 ** 40 };
  const settled = vi.fn();
  void new DayZero({ apiToken: token, businessId, fetch, ...years }).tokens.list().result().then(settled);
  await vi.advanceTimersByTimeAsync(2 ** 31 - 2);
  expect(settled).not.toHaveBeenCalled();
});

test("a call that ends leaves the signal to those that still wait", async () => {
  const controller = new AbortController();
  const { signal } = controller;
  const answers = [Promise.resolve(Response.json({ items: [], has_next: false, has_prev: false }))];
  const fetch = () => answers.shift() ?? new Promise<Response>(() => {});
  const dayzero = new DayZero({ apiToken: token, businessId, fetch });
  const [first, second] = [dayzero.tokens.list({}, { signal }), refused(dayzero.tokens.list({}, { signal }))];
  await first;
  controller.abort("enough");
  expect(await second).toMatchObject({ code: "aborted", message: "tokens.list was aborted", cause: "enough" });
});
