import { expect, test } from "vitest";
import { DayZero, ResponseFormatError } from "../src/index.ts";
import { answer, record, secret, startRawServer } from "./raw-server.ts";

test("a page of HTML is never taken for a token", async () => {
  await using server = await startRawServer(() => answer(201, "<html>Log in</html>"));
  const error = await new DayZero(server.options).tokens.create({ name: "ci" }).catch((thrown) => thrown);
  expect(error).toBeInstanceOf(ResponseFormatError);
  expect(error).toMatchObject({
    code: "response_format",
    status: 201,
    contentType: "text/html",
    attempts: 1,
    outcome: "unknown",
    message: "tokens.create was answered with 201 text/html: it is not JSON (may have been carried out)",
  });
});

test("truncated JSON is an error of ours, and shows nothing of the secret", async () => {
  const whole = JSON.stringify({ token: secret, token_info: record });
  const text = whole.slice(0, 30);
  const headers = { "content-type": "application/json" };
  await using server = await startRawServer(() => answer(201, text, headers));
  const error = await new DayZero(server.options).tokens.create({ name: "ci" }).catch((thrown) => thrown);
  expect(error).toBeInstanceOf(ResponseFormatError);
  expect(error.cause).toBeUndefined();
  expect(String(error.stack)).not.toContain(secret.slice(5, 15));
});

test.each([
  ["an empty body", "", /201 text\/html: it is not JSON/],
  ["null", null, /unexpected body/],
  ["a list", [], /unexpected body/],
  ["no token", { token_info: record }, /unexpected body\.token /],
  ["a token that is a number", { token: 1, token_info: record }, /unexpected body\.token /],
  ["a record without its id", { token: secret, token_info: { ...record, id: undefined } }, /body\.token_info\.id /],
])("a create that is answered with %s is an error", async (_, body, message) => {
  await using server = await startRawServer(() => answer(201, body));
  const error = await new DayZero(server.options).tokens.create({ name: "ci" }).catch((thrown) => thrown);
  expect(error).toMatchObject({ name: "ResponseFormatError", status: 201, message: expect.stringMatching(message) });
});

test("a list with one broken item is an error that says which", async () => {
  const items = [record, { ...record, jti: null }];
  await using server = await startRawServer(() => answer(200, { items, has_next: false, has_prev: false }));
  const error = await new DayZero(server.options).tokens.list().catch((thrown) => thrown);
  expect(error.message).toBe("tokens.list was answered with 200 application/json: unexpected body.items.1.jti");
});

test("fields and values that are not known yet are kept", async () => {
  const novel = { ...record, token_type: "robot", colour: "green" };
  await using server = await startRawServer(() => answer(201, { token: secret, token_info: novel, extra: [1] }));
  expect(await new DayZero(server.options).tokens.create({ name: "ci" })).toEqual({
    token: secret,
    token_info: novel,
    extra: [1],
  });
});

test("a success with another status in the two hundreds is a success", async () => {
  await using server = await startRawServer(() => answer(200, { token: secret, token_info: record }));
  const { data, response } = await new DayZero(server.options).tokens.create({ name: "ci" }).withResponse();
  expect(data.token).toBe(secret);
  expect(response.status).toBe(200);
});

test("with the check off, JSON of any fields is taken, but nothing else", async () => {
  await using server = await startRawServer((_, __, n) => answer(201, n === 0 ? { new: "shape" } : "[]"));
  const dayzero = new DayZero({ ...server.options, responseValidation: "off" });
  expect(await dayzero.tokens.create({ name: "ci" })).toEqual({ new: "shape" });
  await expect(dayzero.tokens.create({ name: "ci" })).rejects.toBeInstanceOf(ResponseFormatError);
});

test("a check of yours is told the operation, and what it throws is the cause", async () => {
  await using server = await startRawServer(() => answer(201, { token: secret, token_info: record }));
  const reason = new Error("token_info.name is not mine");
  const seen: unknown[] = [];
  const responseValidation = (operation: string) => {
    seen.push(operation);
    throw reason;
  };
  const error = await new DayZero({ ...server.options, responseValidation }).tokens
    .create({ name: "ci" })
    .catch((thrown) => thrown);
  expect(seen).toEqual(["tokens.create"]);
  expect(error).toMatchObject({ name: "ResponseFormatError", cause: reason });
});

test("an answer without a content type is told as one", async () => {
  const fetch = async () => new Response(new Uint8Array(), { status: 201 });
  const error = await new DayZero({ apiToken: "dz_x", businessId: "b", fetch }).tokens.list().catch((thrown) => thrown);
  expect(error).toMatchObject({ contentType: "", message: "tokens.list was answered with 201 : it is not JSON" });
});
