import { createServer } from "node:net";
import { expect, test, vi } from "vitest";
import { DayZero, RateLimitError, ServerError } from "../src/index.ts";
import { answer, businessId, created, listed, startRawServer, token } from "./raw-server.ts";
import { skipWaits } from "./waits.ts";

const refused = async (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => expect.fail("it should have been refused"),
    (error) => error,
  );

test("a create that is answered with 500 is not sent again, and may have been carried out", async () => {
  await using server = await startRawServer(() => answer(500, "Internal Server Error"));

  const error = await refused(new DayZero(server.options).tokens.create({ name: "ci" }));

  expect(server.requests).toHaveLength(1);
  expect(error).toBeInstanceOf(ServerError);
  expect(error).toMatchObject({
    code: "server",
    status: 500,
    attempts: 1,
    outcome: "unknown",
    detail: "Internal Server Error",
    message: "tokens.create failed with 500: Internal Server Error (may have been carried out)",
  });
});

test("a create whose connection is cut after the request is not sent again, and may have been carried out", async () => {
  await using server = await startRawServer((socket) => void socket.destroy());

  const error = await refused(new DayZero(server.options).tokens.create({ name: "ci" }));

  expect(server.requests).toHaveLength(1);
  expect(error).toMatchObject({
    name: "ConnectionError",
    code: "connection",
    attempts: 1,
    outcome: "unknown",
    message: expect.stringMatching(/^tokens\.create got no answer: \w+ \(may have been carried out\)$/),
  });
  expect(error).toHaveProperty("cause.cause.code");
});

test("a revoke whose connection is cut after the request is not sent again", async () => {
  await using server = await startRawServer((socket) => void socket.destroy());
  const error = await refused(new DayZero(server.options).tokens.revoke("id"));
  expect(server.requests).toHaveLength(1);
  expect(error).toMatchObject({ attempts: 1, outcome: "unknown" });
});

test("a list whose connection is cut is sent three times in all", async () => {
  skipWaits();
  await using server = await startRawServer((socket) => void socket.destroy());
  const error = await refused(new DayZero(server.options).tokens.list());
  expect(server.requests).toHaveLength(3);
  expect(error).toMatchObject({ code: "connection", attempts: 3, outcome: "unknown" });
});

test.each([408, 429, 500, 502, 503, 504])(
  "a list that is answered with %i is sent three times in all",
  async (status) => {
    skipWaits();
    await using server = await startRawServer(() => answer(status));
    const error = await refused(new DayZero(server.options).tokens.list());
    expect(server.requests).toHaveLength(3);
    expect(error).toMatchObject({ status, attempts: 3 });
  },
);

test.each([400, 401, 403, 404, 409, 422, 501])("a list that is answered with %i is not sent again", async (status) => {
  await using server = await startRawServer(() => answer(status));
  const error = await refused(new DayZero(server.options).tokens.list());
  expect(server.requests).toHaveLength(1);
  expect(error).toMatchObject({ status, attempts: 1 });
});

test("a list is answered by its second attempt", async () => {
  skipWaits();
  await using server = await startRawServer((_, __, n) => (n === 0 ? answer(502) : listed));
  expect((await new DayZero(server.options).tokens.list()).items).toHaveLength(1);
  expect(server.requests).toHaveLength(2);
});

test("a create that is told to come back in 2 seconds comes back then, and not earlier", async () => {
  const waits = skipWaits();
  await using server = await startRawServer((_, __, n) =>
    n === 0 ? answer(503, "", { "retry-after": "2" }) : created,
  );
  await new DayZero(server.options).tokens.create({ name: "ci" });
  expect(server.requests).toHaveLength(2);
  expect(waits).toEqual([2001]);
});

test("a Retry-After that is a date counts from the server's own clock", async () => {
  const waits = skipWaits();
  const headers = { date: "Tue, 01 Jan 2030 00:00:00 GMT", "retry-after": "Tue, 01 Jan 2030 00:00:07 GMT" };
  await using server = await startRawServer((_, __, n) => (n === 0 ? answer(429, "", headers) : listed));
  await new DayZero(server.options).tokens.list();
  expect(waits).toEqual([7001]);
});

test("a create that is answered with 503 and no Retry-After is not sent again", async () => {
  await using server = await startRawServer(() => answer(503));
  const error = await refused(new DayZero(server.options).tokens.create({ name: "ci" }));
  expect(server.requests).toHaveLength(1);
  expect(error).toMatchObject({ status: 503, outcome: "unknown", retryAfter: undefined });
});

test("a create that is answered with 429 is sent again: it was not carried out", async () => {
  skipWaits();
  await using server = await startRawServer((_, __, n) => (n === 0 ? answer(429) : created));
  await new DayZero(server.options).tokens.create({ name: "ci" });
  expect(server.requests).toHaveLength(2);
});

test("a Retry-After of a day is refused at once, and told", async () => {
  await using server = await startRawServer(() => answer(429, "", { "retry-after": "86400" }));
  const error = await refused(new DayZero(server.options).tokens.list());
  expect(server.requests).toHaveLength(1);
  expect(error).toBeInstanceOf(RateLimitError);
  expect(error).toMatchObject({ status: 429, attempts: 1, retryAfter: 86_400_000, outcome: "rejected" });
});

test("a Retry-After beyond the total timeout is refused at once, and told", async () => {
  await using server = await startRawServer(() => answer(429, "", { "retry-after": "30" }));
  const error = await refused(new DayZero({ ...server.options, totalTimeout: 20_000 }).tokens.list());
  expect(error).toMatchObject({ attempts: 1, retryAfter: 30_000 });
});

test("the waits are drawn below 0.5, 1, 2, 4, 8 and 8 seconds", async () => {
  const waits = skipWaits();
  vi.spyOn(Math, "random").mockReturnValue(1);
  await using server = await startRawServer(() => answer(500));
  await refused(new DayZero({ ...server.options, maxRetries: 6 }).tokens.list());
  expect(waits).toEqual([500, 1000, 2000, 4000, 8000, 8000]);
});

test("no retries means one attempt", async () => {
  await using server = await startRawServer(() => answer(429, "", { "retry-after": "0" }));
  const dayzero = new DayZero({ ...server.options, maxRetries: 0 });
  expect(await refused(dayzero.tokens.list())).toMatchObject({ attempts: 1 });
  expect(await refused(dayzero.tokens.create({ name: "ci" }))).toMatchObject({ attempts: 1 });
  expect(server.requests).toHaveLength(2);
});

test("a call's own number of retries wins", async () => {
  skipWaits();
  await using server = await startRawServer(() => answer(500));
  await refused(new DayZero({ ...server.options, maxRetries: 0 }).tokens.list({}, { maxRetries: 1 }));
  expect(server.requests).toHaveLength(2);
});

test("a create whose connection is refused is sent three times in all: nothing arrived", async () => {
  skipWaits();
  const baseUrl = await unusedUrl();
  const error = await refused(new DayZero({ apiToken: token, businessId, baseUrl }).tokens.create({ name: "ci" }));
  expect(error).toMatchObject({
    code: "connection",
    attempts: 3,
    outcome: "not_sent",
    message: "tokens.create got no answer: ECONNREFUSED",
  });
});

/** A port that was free a moment ago. */
async function unusedUrl(): Promise<string> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return `http://127.0.0.1:${typeof address === "object" ? address?.port : ""}`;
}

test("a read that was refused a connection after one that was cut still may have been carried out", async () => {
  skipWaits();
  const fetch = vi.fn(async () => Promise.reject(new TypeError("fetch failed", { cause: { code: "ECONNREFUSED" } })));
  fetch.mockImplementationOnce(async () => Promise.reject(new TypeError("terminated")));
  const dayzero = new DayZero({ apiToken: token, businessId, fetch, maxRetries: 1 });
  expect(await refused(dayzero.tokens.list())).toMatchObject({ attempts: 2, outcome: "unknown" });
});

test.each([
  ["7", 7000],
  ["007", 7000],
  ["0", 0],
  ["Tue, 01 Jan 2030 00:00:07 GMT", 7000],
  ["Mon, 31 Dec 2029 23:59:00 GMT", 0],
  ["Wed, 01 Jan 2030 00:00:07 GMT", undefined],
  ["Tuesday, 01-Jan-30 00:00:07 GMT", undefined],
  ["Tue Jan  1 00:00:07 2030", undefined],
  ["2030-01-01T00:00:07Z", undefined],
  ["2.5", undefined],
  ["2, 2", undefined],
  ["-5", undefined],
  ["+5", undefined],
  ["in 5", undefined],
  ["5s", undefined],
  ["", undefined],
])("a Retry-After of %j asks to wait for %s milliseconds", async (asked, retryAfter) => {
  const headers = { date: "Tue, 01 Jan 2030 00:00:00 GMT", "retry-after": asked };
  const fetch = async () => new Response("", { status: 429, headers });
  const error = await refused(new DayZero({ apiToken: token, businessId, fetch, maxRetries: 0 }).tokens.list());
  expect(error).toMatchObject({ retryAfter });
});

test("where the server shows no clock, a date counts from ours", async () => {
  const until = new Date(Math.ceil(Date.now() / 1000) * 1000 + 3_600_000).toUTCString();
  const fetch = async () => new Response("", { status: 429, headers: { date: "soon", "retry-after": until } });
  const error = await refused(new DayZero({ apiToken: token, businessId, fetch, maxRetries: 0 }).tokens.list());
  expect(error).toSatisfy(({ retryAfter }) => retryAfter > 3_000_000 && retryAfter <= 3_601_000);
});

test("a Retry-After of maxRetryAfter is waited for, and not one millisecond more", async () => {
  const waits = skipWaits();
  await using server = await startRawServer((_, __, n) => (n === 0 ? answer(429, "", { "retry-after": "5" }) : listed));
  await new DayZero({ ...server.options, maxRetryAfter: 5000 }).tokens.list();
  expect(waits).toEqual([5001]);
  await using other = await startRawServer(() => answer(429, "", { "retry-after": "5" }));
  const error = await refused(new DayZero({ ...other.options, maxRetryAfter: 4999 }).tokens.list());
  expect(error).toMatchObject({ attempts: 1, retryAfter: 5000 });
});
