import { runInNewContext } from "node:vm";
import { expect, expectTypeOf, test } from "vitest";
import * as everything from "../src/index.ts";
import {
  type AnyDayZeroError,
  ApiError,
  DayZero,
  DayZeroError,
  type ErrorCode,
  isDayZeroError,
  NotFoundError,
  ServerError,
  ValidationError,
} from "../src/index.ts";
import { answer, startRawServer } from "./raw-server.ts";

const detail = { detail: "Said by the server" };
const issues = [
  { loc: ["body", "name"], msg: "Field required", type: "missing", input: { password: "hunter2" } },
  { loc: ["body", "expires_in_days"], msg: "Too big", type: "less_than_equal", input: 999, ctx: { le: 365 } },
];

test.each([
  [400, "BadRequestError", "bad_request"],
  [401, "AuthenticationError", "authentication"],
  [403, "PermissionDeniedError", "permission_denied"],
  [404, "NotFoundError", "not_found"],
  [409, "ApiError", "api"],
  [418, "ApiError", "api"],
  [429, "RateLimitError", "rate_limit"],
  [500, "ServerError", "server"],
  [503, "ServerError", "server"],
] as const)("a revoke that is answered with %i is refused with %s", async (status, name, code) => {
  await using server = await startRawServer(() => answer(status, detail, { "x-request-id": "req-1" }));
  const error = await new DayZero({ ...server.options, maxRetries: 0 }).tokens.revoke("id").catch((thrown) => thrown);
  expect(error).toBeInstanceOf(Object(everything)[name]);
  expect(error).toBeInstanceOf(ApiError);
  expect(error).toBeInstanceOf(DayZeroError);
  expect(error).toBeInstanceOf(Error);
  expect(error).toMatchObject({ name, code, status, detail: detail.detail, requestId: "req-1", attempts: 1 });
  expect(error.message).toContain(`tokens.revoke failed with ${status}: Said by the server`);
  expect(error.stack).toMatch(new RegExp(`^${name}: tokens.revoke failed`));
});

test("a 422 says what is wrong and where, and never what was sent", async () => {
  await using server = await startRawServer(() => answer(422, { detail: issues }));
  const error = await new DayZero(server.options).tokens.create({ name: "" }).catch((thrown) => thrown);
  expect(error).toBeInstanceOf(ValidationError);
  expect(error.message).toBe("tokens.create failed with 422: body.name: Field required; body.expires_in_days: Too big");
  expect(error.issues).toEqual([
    { loc: ["body", "name"], msg: "Field required", type: "missing" },
    { loc: ["body", "expires_in_days"], msg: "Too big", type: "less_than_equal", ctx: { le: 365 } },
  ]);
  expect(JSON.stringify(error)).not.toContain("hunter2");
});

test("a 422 with one complaint reads as one line", async () => {
  await using server = await startRawServer(() => answer(422, { detail: issues.slice(0, 1) }));
  const error = await new DayZero(server.options).tokens.create({ name: "" }).catch((thrown) => thrown);
  expect(error).toMatchObject({
    message: "tokens.create failed with 422: body.name: Field required",
    outcome: "rejected",
    attempts: 1,
  });
});

test("a 422 with a text shows the text, and has no issues", async () => {
  await using server = await startRawServer(() => answer(422, { detail: "Unprocessable" }));
  const error = await new DayZero(server.options).tokens.create({ name: "" }).catch((thrown) => thrown);
  expect(error).toMatchObject({ name: "ValidationError", issues: [], detail: "Unprocessable" });
  expect(error.message).toBe("tokens.create failed with 422: Unprocessable");
});

test.each([
  { detail: [{ msg: "no place", type: "t" }] },
  { detail: [{ loc: ["body"], type: "t" }] },
  { detail: [{ loc: ["body"], msg: "no type" }] },
  { detail: ["text"] },
])("a 422 whose complaints are not whole has no issues, and says what there is: %j", async (body) => {
  await using server = await startRawServer(() => answer(422, body));
  const error = await new DayZero(server.options).tokens.create({ name: "" }).catch((thrown) => thrown);
  expect(error).toMatchObject({ name: "ValidationError", issues: [], detail: JSON.stringify(body) });
});

test("complaints are read of a 422 only", async () => {
  await using server = await startRawServer(() => answer(400, { detail: issues }));
  const result = await new DayZero(server.options).tokens.create({ name: "" }).result();
  expect(result).toMatchObject({ status: "other", error: { status: 400, detail: JSON.stringify({ detail: issues }) } });
});

test("a page of HTML from a gateway becomes an error with its status, and at most 2048 characters of it", async () => {
  await using server = await startRawServer(() => answer(502, `<html>\n<h1>Bad   Gateway</h1>${"x".repeat(5000)}`));
  const error = await new DayZero({ ...server.options, maxRetries: 0 }).tokens.list().catch((thrown) => thrown);
  expect(error).toBeInstanceOf(ServerError);
  expect(error.status).toBe(502);
  expect(error.detail).toHaveLength(2048);
  expect(error.message).toMatch(/^tokens\.list failed with 502: <html> <h1>Bad Gateway<\/h1>x+$/);
  expect(error.message.length).toBeLessThan(400);
});

test("a refusal with an empty body is a refusal", async () => {
  await using server = await startRawServer(() => answer(403));
  const error = await new DayZero(server.options).tokens.list().catch((thrown) => thrown);
  expect(error).toMatchObject({ name: "PermissionDeniedError", detail: "", message: "tokens.list failed with 403" });
});

test("an error can be logged as JSON, without stack and cause", async () => {
  await using server = await startRawServer(() => answer(404, detail, { "x-request-id": "req-1" }));
  const error = await new DayZero(server.options).tokens.revoke("id").catch((thrown) => thrown);
  expect(JSON.parse(JSON.stringify(error))).toEqual({
    name: "NotFoundError",
    code: "not_found",
    message: "tokens.revoke failed with 404: Said by the server",
    status: 404,
    detail: "Said by the server",
    attempts: 1,
    outcome: "rejected",
    requestId: "req-1",
  });
});

const facts = { attempts: 2, outcome: "unknown", requestId: "req-1" } as const;
const ofApi = { ...facts, detail: "Said", retryAfter: 1000 };
const ofFormat = { ...facts, status: 201, contentType: "text/html", text: "<html>" };

test.each([
  [new everything.AbortedError("why", facts), "AbortedError", "aborted", undefined],
  [new everything.ConfigError("why", facts), "ConfigError", "config", undefined],
  [new everything.ConnectionError("why", facts), "ConnectionError", "connection", undefined],
  [new everything.TimeoutError("why", facts), "TimeoutError", "timeout", undefined],
  [new everything.ResponseFormatError("why", ofFormat), "ResponseFormatError", "response_format", 201],
  [new everything.ApiError("why", { ...ofApi, status: 418 }), "ApiError", "api", 418],
  [new everything.BadRequestError("why", ofApi), "BadRequestError", "bad_request", 400],
  [new everything.AuthenticationError("why", ofApi), "AuthenticationError", "authentication", 401],
  [new everything.PermissionDeniedError("why", ofApi), "PermissionDeniedError", "permission_denied", 403],
  [new everything.NotFoundError("why", ofApi), "NotFoundError", "not_found", 404],
  [new everything.ValidationError("why", { ...ofApi, issues: [] }), "ValidationError", "validation", 422],
  [new everything.RateLimitError("why", ofApi), "RateLimitError", "rate_limit", 429],
  [new everything.ServerError("why", { ...ofApi, status: 503 }), "ServerError", "server", 503],
] as const)("an error that a test makes has what the class declares: %s", (error, name, code, status) => {
  expect(error).toMatchObject({ ...facts, message: "why", name, code, status });
  expect(error).toBeInstanceOf(Object(everything)[name]);
  expect(isDayZeroError(error)).toBe(true);
  if (error instanceof ApiError) expect(error).toMatchObject({ detail: "Said", retryAfter: 1000 });
});

test("every class that is exported is there at run time", () => {
  const classes = Object.keys(everything).filter((name) => name.endsWith("Error") && !name.startsWith("is"));
  expect(classes).toHaveLength(14);
});

test("an error of a configuration says that nothing was sent", () => {
  expect(new everything.ConfigError("why")).toMatchObject({ attempts: 0, outcome: "not_sent" });
});

test("an error of one class is none of its siblings, and nothing else is an error of ours", () => {
  const error = new NotFoundError("why", ofApi);
  expect(error).not.toBeInstanceOf(ServerError);
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  for (const value of [undefined, null, "x", 1, {}, new Error("x"), { code: "not_found" }, proxy]) {
    expect(value instanceof NotFoundError).toBe(false);
    expect(isDayZeroError(value)).toBe(false);
  }
});

test("a class of your own that extends one of ours is told apart from it", () => {
  class Mine extends NotFoundError {}
  expect(new Mine("why", ofApi)).toBeInstanceOf(Mine);
  expect(new Mine("why", ofApi)).toBeInstanceOf(NotFoundError);
  expect(new NotFoundError("why", ofApi)).not.toBeInstanceOf(Mine);
});

test("a switch over the code of an error gives each its own facts", () => {
  const told = (error: AnyDayZeroError): unknown => {
    switch (error.code) {
      case "rate_limit":
        return error.retryAfter;
      case "validation":
        return error.issues;
      case "response_format":
        return error.revealResponseText();
      case "api":
        return error.detail;
      default:
        expectTypeOf(error.code).toEqualTypeOf<
          Exclude<ErrorCode, "rate_limit" | "validation" | "response_format" | "api">
        >();
        return error.outcome;
    }
  };
  const thrown: unknown = new everything.RateLimitError("why", ofApi);
  expect(isDayZeroError(thrown) && told(thrown)).toBe(1000);
});

test("an error is known across realms", () => {
  const source = "const brand = Symbol.for('@dayzero-tokens/client:day_zero'); ({ [brand]: true })";
  expect(isDayZeroError(runInNewContext(source))).toBe(true);
});

test("a stack leads back to whoever made the call", async () => {
  await using server = await startRawServer(() => answer(400, detail));
  const dayzero = new DayZero(server.options);
  async function whoeverMadeTheCall() {
    await dayzero.tokens.create({ name: "ci" });
  }
  const error = await whoeverMadeTheCall().catch((thrown) => thrown);
  expect(error.stack).toContain("whoeverMadeTheCall");
});
