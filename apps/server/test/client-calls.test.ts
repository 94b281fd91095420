import { DayZero } from "@dayzero-tokens/client";
import { expect, test } from "vitest";
import { startDouble } from "../src/index.ts";

const transports = ["a socket", "no socket"] as const;

/** A client of a fresh sandbox, which reaches the double over a socket or in process. */
async function begin(over: (typeof transports)[number]) {
  const double = await startDouble();
  const sandbox = await double.sandbox();
  const { businessId, token: apiToken } = sandbox;
  const fetch = over === "no socket" ? (double.fetch as typeof globalThis.fetch) : undefined;
  const dayzero = new DayZero({ apiToken, businessId, baseUrl: double.url, fetch, maxRetries: 0 });
  return { double, sandbox, dayzero, [Symbol.asyncDispose]: () => double.close() };
}

test.each(transports)("over %s a token is created, listed, used and revoked", async (over) => {
  await using world = await begin(over);
  const { double, dayzero, sandbox } = world;

  const { token, token_info } = await dayzero.tokens.create({ name: "ci", description: "é", expires_in_days: 90 });
  expect(token_info).toMatchObject({ name: "ci", description: "é", token_type: "api", last_used_at: null });
  expect(token_info.created_at).toMatch(/:\d\d(?:\.\d{6})?Z$/);

  const own = new DayZero({ apiToken: token, businessId: sandbox.businessId, baseUrl: double.url });
  expect((await own.tokens.list()).items.map(({ name }) => name)).toContain("ci");

  const revoked = await dayzero.tokens.revoke(token_info.id, { reason: "rotated" });
  expect(revoked).toMatchObject({ id: token_info.id, revocation_reason: "rotated", revoked_by: sandbox.email });
  await expect(own.tokens.list()).rejects.toMatchObject({ code: "authentication", detail: "Not authenticated" });
});

test.each(transports)(
  "over %s every documented refusal is the class and the body that it is documented with",
  async (over) => {
    await using world = await begin(over);
    const { dayzero, sandbox } = world;

    expect(await dayzero.tokens.create({ name: "" }).result()).toMatchObject({
      status: 422,
      body: { detail: [{ loc: ["body", "name"], type: "string_too_short", input: "" }] },
      error: {
        name: "ValidationError",
        message: "tokens.create failed with 422: body.name: String should have at least 1 character",
        outcome: "rejected",
      },
    });
    expect(await dayzero.tokens.revoke("0197a5c2-6c1e-7d3a-9b1f-2f6d3c4b5a69").result()).toMatchObject({
      status: 404,
      body: { detail: "Resource not found" },
      error: { name: "NotFoundError" },
    });
    expect(await dayzero.tokens.list({}, { businessId: "no uuid" }).result()).toMatchObject({
      status: 400,
      error: { name: "BadRequestError" },
    });
    expect(
      await dayzero.tokens.list({}, { businessId: "0197a5c2-6c1e-7d3a-9b1f-2f6d3c4b5a69" }).result(),
    ).toMatchObject({
      status: 403,
      error: { name: "PermissionDeniedError" },
    });
    const { businessId } = sandbox;
    const stranger = new DayZero({ apiToken: "dz_x", businessId, baseUrl: dayzero.baseUrl, fetch: world.double.fetch });
    expect(await stranger.tokens.list().result()).toMatchObject({
      status: 401,
      body: { detail: "Not authenticated" },
      error: { name: "AuthenticationError" },
    });
  },
);

test.each(transports)("over %s an id that would leave its segment finds nothing else", async (over) => {
  await using world = await begin(over);
  await expect(world.dayzero.tokens.revoke("../../tokens?x=1#")).rejects.toMatchObject({ code: "not_found" });
});

test.each(transports)("over %s a list walks all pages, forwards and backwards", async (over) => {
  await using world = await begin(over);
  const { dayzero } = world;
  for (const name of ["a", "b", "c", "d"]) await dayzero.tokens.create({ name });
  const query = { limit: 2, sort_by: "name", descending: false };

  const pages: (string | null | undefined)[][] = [];
  let last = await dayzero.tokens.list(query);
  for await (const page of dayzero.tokens.list(query).pages()) {
    pages.push(page.items.map(({ name }) => name));
    last = page;
  }
  const back: (string | null | undefined)[][] = [];
  const backwards = { ...query, direction: "prev", cursor: last.prev_cursor ?? "" };
  for await (const page of dayzero.tokens.list(backwards).pages()) back.push(page.items.map(({ name }) => name));

  expect(pages.map(({ length }) => length)).toEqual([2, 2, 1]);
  expect(back).toEqual(pages.slice(0, -1).toReversed());
});

test("a create whose answer is lost may have been carried out, and was", async () => {
  await using world = await begin("a socket");
  const { dayzero, sandbox } = world;
  sandbox.faults.add({ match: { operation: "createToken" }, effect: { connection: "reset" }, when: "after", times: 1 });

  const result = await dayzero.tokens.create({ name: "lost" }, { maxRetries: 2 }).result();

  expect(result).toMatchObject({ status: "network", error: { code: "connection", outcome: "unknown", attempts: 1 } });
  expect((await dayzero.tokens.list()).items.filter(({ name }) => name === "lost")).toHaveLength(1);
});

test("a list whose connection is cut is answered by its second attempt", async () => {
  await using world = await begin("a socket");
  const { dayzero, sandbox } = world;
  sandbox.faults.add({ match: { operation: "listTokens" }, effect: { connection: "reset" }, times: 1 });
  expect((await dayzero.tokens.list({}, { maxRetries: 1 })).items).toHaveLength(1);
  expect(sandbox.journal.entries({ operation: "listTokens" })).toHaveLength(2);
});

test.each([
  ["truncate", "connection"],
  ["empty", "connection"],
  ["garbage", "connection"],
  ["hang", "timeout"],
] as const)("a create that meets a connection fault, %s, ends in an error of kind %s", async (connection, code) => {
  await using world = await begin("a socket");
  const { dayzero, sandbox } = world;
  sandbox.faults.add({ match: { operation: "createToken" }, effect: { connection }, times: 1 });
  const call = dayzero.tokens.create({ name: "ci" }, { timeout: 200 });
  await expect(call).rejects.toMatchObject({ code, outcome: "unknown", attempts: 1 });
});
