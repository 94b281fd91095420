import { runInNewContext } from "node:vm";
import { expect, test } from "vitest";
import * as everything from "../src/index.ts";
import {
  ApiError,
  DayZero,
  DayZeroError,
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

test("a 422 that is not FastAPI's has no issues, and says what there is", async () => {
  await using server = await startRawServer(() => answer(422, { detail: "Unprocessable" }));
  const error = await new DayZero(server.options).tokens.create({ name: "" }).catch((thrown) => thrown);
  expect(error).toMatchObject({ name: "ValidationError", issues: [], detail: '{"detail":"Unprocessable"}' });
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

test("every class that is exported is there at run time, and is named as it is exported", () => {
  const classes = Object.entries(everything).filter(([name]) => name.endsWith("Error") && !name.startsWith("is"));
  expect(classes).toHaveLength(14);
  for (const [name, value] of classes) {
    expect(new (value as typeof DayZeroError)("why")).toMatchObject({ name, message: "why", attempts: 0 });
  }
});

test("an error of one class is none of its siblings, and nothing else is an error of ours", () => {
  const error = new NotFoundError("why");
  expect(error).not.toBeInstanceOf(ServerError);
  for (const value of [undefined, null, "x", 1, {}, new Error("x"), { code: "not_found" }]) {
    expect(value instanceof NotFoundError).toBe(false);
    expect(isDayZeroError(value)).toBe(false);
  }
});

test("a class of your own that extends one of ours is told apart from it", () => {
  class Mine extends NotFoundError {}
  expect(new Mine("why")).toBeInstanceOf(Mine);
  expect(new Mine("why")).toBeInstanceOf(NotFoundError);
  expect(new NotFoundError("why")).not.toBeInstanceOf(Mine);
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
