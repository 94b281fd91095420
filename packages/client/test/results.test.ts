import { expect, expectTypeOf, test } from "vitest";
import {
  type BadRequestError,
  type CreateResult,
  DayZero,
  type RevokeResult,
  type ServerError,
  type ValidationIssue,
} from "../src/index.ts";
import { answer, businessId, created, record, secret, startRawServer, token } from "./raw-server.ts";

const issue = { loc: ["body", "name"], msg: "Field required", type: "missing", input: {} };

test.each([
  [201, { token: secret, token_info: record }, { ok: true, status: 201 }],
  [400, { detail: "no" }, { ok: false, status: 400, error: { name: "BadRequestError" } }],
  [401, { detail: "no" }, { ok: false, status: 401, error: { name: "AuthenticationError" } }],
  [403, { detail: "no" }, { ok: false, status: 403, error: { name: "PermissionDeniedError" } }],
  [422, { detail: [issue] }, { ok: false, status: 422, error: { name: "ValidationError" } }],
])("a create that is answered with %i is a result with its status and its body", async (status, body, expected) => {
  await using server = await startRawServer(() => answer(status, body, { "x-request-id": "req-1" }));
  const result = await new DayZero(server.options).tokens.create({ name: "ci" }).result();
  expect(result).toMatchObject({ ...expected, body, requestId: "req-1" });
  expect(result.headers?.get("content-type")).toBe("application/json");
});

test.each([
  ["a status that is not documented for the route", answer(404, { detail: "Resource not found" }), "NotFoundError"],
  ["a documented status with another body", answer(401, "<html>"), "AuthenticationError"],
  ["a 422 whose issues are none", answer(422, { detail: "text" }), "ValidationError"],
  ["something that is not JSON", answer(201, "<html>"), "ResponseFormatError"],
  ["a redirect", answer(307), "ApiError"],
])("%s is an other result", async (_, bytes, name) => {
  await using server = await startRawServer(() => bytes);
  const result = await new DayZero({ ...server.options, maxRetries: 0 }).tokens.create({ name: "ci" }).result();
  expect(result).toMatchObject({ ok: false, status: "other", body: undefined, error: { name } });
});

test.each([
  [429, "RateLimitError"],
  [500, "ServerError"],
  [503, "ServerError"],
  [520, "ServerError"],
])("a %i is a result with its status", async (status, name) => {
  await using server = await startRawServer(() => answer(status, { detail: "Later" }));
  const result = await new DayZero({ ...server.options, maxRetries: 0 }).tokens.create({ name: "ci" }).result();
  expect(result).toMatchObject({ ok: false, status, body: undefined, error: { name, status } });
});

test("a 404 is a result of revoke, which documents it", async () => {
  await using server = await startRawServer(() => answer(404, { detail: "Resource not found" }));
  const result = await new DayZero(server.options).tokens.revoke("id").result();
  expect(result).toMatchObject({ status: 404, body: { detail: "Resource not found" }, error: { code: "not_found" } });
});

test("no answer is a result too", async () => {
  await using server = await startRawServer((socket) => void socket.destroy());
  const result = await new DayZero(server.options).tokens.create({ name: "ci" }).result();
  expect(result).toMatchObject({ ok: false, status: "network", error: { code: "connection", outcome: "unknown" } });
});

test("an argument that can't be sent is a result too", async () => {
  const dayzero = new DayZero({ apiToken: token, businessId });
  expect(await dayzero.tokens.revoke("").result()).toMatchObject({ status: "other", error: { code: "config" } });
  const circular: { self?: unknown } = {};
  circular.self = circular;
  const name = circular as unknown as string;
  expect(await dayzero.tokens.create({ name }).result()).toMatchObject({ status: "other", error: { code: "config" } });
});

test("asking for the result of a refused call leaves no rejection unhandled", async () => {
  const unhandled: unknown[] = [];
  const listen = (reason: unknown) => unhandled.push(reason);
  process.on("unhandledRejection", listen);
  await using server = await startRawServer(() => answer(400));
  await new DayZero(server.options).tokens.create({ name: "ci" }).result();
  await new Promise((resolve) => setImmediate(resolve));
  process.off("unhandledRejection", listen);
  expect(unhandled).toEqual([]);
});

test("one call, asked in three ways, is one request", async () => {
  await using server = await startRawServer(() => created);
  const call = new DayZero(server.options).tokens.create({ name: "ci" });
  const [data, whole, result] = await Promise.all([call, call.withResponse(), call.result()]);
  expect(server.requests).toHaveLength(1);
  expect(whole.data).toBe(data);
  expect(whole.response.status).toBe(201);
  expect(result.body).toBe(data);
});

test("the data stands beside the response and the request's id", async () => {
  await using server = await startRawServer(() =>
    answer(201, { token: secret, token_info: record }, { "x-request-id": "req-9" }),
  );
  const { data, response, requestId } = await new DayZero(server.options).tokens.create({ name: "ci" }).withResponse();
  expect(data.token_info).toEqual(record);
  expect(response.headers.get("x-request-id")).toBe("req-9");
  expect(requestId).toBe("req-9");
});

test("a switch over the status narrows body and error, and has to be complete", () => {
  const complete = (result: CreateResult): string => {
    switch (result.status) {
      case 201:
        return result.body.token;
      case 400:
        expectTypeOf(result.error).toEqualTypeOf<BadRequestError>();
        return result.body.detail;
      case 401:
      case 403:
        return result.body.detail;
      case 422:
        expectTypeOf(result.body.detail).toEqualTypeOf<ValidationIssue[]>();
        return result.error.issues.map(({ msg }) => msg).join();
      case 429:
        return String(result.error.retryAfter);
      case "network":
        return result.error.outcome;
      case "other":
        return result.error.code;
      default:
        return (result.error satisfies ServerError).detail;
    }
  };
  const incomplete = (result: RevokeResult): string => {
    switch (result.status) {
      case 201:
        return result.body.revoked_at;
      case 400:
      case 401:
      case 403:
        return result.body.detail;
      case 422:
      case 429:
      case "network":
      case "other":
        return result.error.message;
      default:
        // @ts-expect-error: 404 is missing.
        return (result.error satisfies ServerError).detail;
    }
  };
  expect([complete, incomplete]).toHaveLength(2);
});
