import { describe, expect, test } from "vitest";
import { day } from "../src/tokens/instant.ts";
import { mintToken } from "../src/tokens/mint-token.ts";
import type { Token } from "../src/tokens/token.ts";
import { wellKnown } from "../src/world/well-known.ts";
import { type Api, answerOf, invalidParameters, noon, passTime, refusal, startApi } from "./api.ts";

const names = ({ body }: { body: { items: { name: string }[] } }) => body.items.map(({ name }) => name);

/** Puts a token of the well-known user on record as it is, without a request that would change others. */
async function put({ world }: Api, name: string, parts: Partial<Token> = {}): Promise<void> {
  const owner = { userId: wellKnown.user.id, businessId: wellKnown.businessId };
  const { token } = mintToken(world, { ...owner, name, createdAt: noon, expiresAt: noon + 365 * day });
  await world.tokens.add({ ...token, ...parts }, 0, noon);
}

const revocation = { at: noon, by: "dev@example.com", reason: "lost" };

test("the first list is the well-known token, whole", async () => {
  const { list } = await startApi();

  const answer = await list();

  expect(answer.status).toBe(200);
  expect(answer.body).toEqual({
    items: [
      {
        id: wellKnown.token.id,
        jti: wellKnown.token.jti,
        name: "well-known",
        description: "Here at every start, so that there is something to call with",
        token_prefix: "dz_eyJ...",
        token_type: "api",
        created_at: "2025-01-01T00:00:00Z",
        last_used_at: "2026-03-01T12:00:00Z",
        expires_at: null,
        revoked_at: null,
        revocation_reason: null,
      },
    ],
    total: null,
    limit: 50,
    next_cursor: null,
    prev_cursor: null,
    has_next: false,
    has_prev: false,
  });
});

test("the newest token comes first", async () => {
  const api = await startApi();
  for (const name of ["a", "b", "c"]) {
    await api.created({ name });
    passTime(api, 1);
  }

  expect(names(await api.list())).toEqual(["c", "b", "a", "well-known"]);
});

test("tokens of one instant come in the order of their creation, newest first", async () => {
  const api = await startApi();
  for (const name of ["a", "b", "c"]) await api.created({ name });

  expect(names(await api.list())).toEqual(["c", "b", "a", "well-known"]);
});

test("expired tokens are listed", async () => {
  const api = await startApi();
  await api.created({ name: "short", expires_in_days: 1 });

  passTime(api, 2 * day);

  expect(names(await api.list())).toEqual(["short", "well-known"]);
});

test("revoked tokens are listed only where they are asked for, with when and why", async () => {
  const { created, revoke, list } = await startApi();
  const { info } = await created({ name: "lost" });
  await revoke(info.id, { reason: "left on a train" });

  expect(names(await list())).toEqual(["well-known"]);
  expect(names(await list("?include_revoked=false"))).toEqual(["well-known"]);
  const { body } = await list("?include_revoked=true");
  expect(body.items[0]).toMatchObject({
    name: "lost",
    revoked_at: "2026-03-01T12:00:00Z",
    revocation_reason: "left on a train",
  });
});

test("somebody else's tokens are not listed", async () => {
  const { addUser, list } = await startApi();
  const { credentials } = await addUser();

  expect(names(await list())).toEqual(["well-known"]);
  expect(names(await list("", credentials))).toEqual(["theirs"]);
});

describe("sorted by", () => {
  test.each([
    ["?sort_by=created_at&descending=false", ["well-known", "b", "a", "c"]],
    ["?sort_by=created_at", ["c", "a", "b", "well-known"]],
    ["?sort_by=name&descending=false", ["a", "b", "c", "well-known"]],
    ["?sort_by=name", ["well-known", "c", "b", "a"]],
    ["?sort_by=expires_at&descending=false", ["a", "c", "b", "well-known"]],
    ["?sort_by=expires_at", ["well-known", "b", "c", "a"]],
    ["?sort_by=last_used_at&descending=false", ["b", "well-known", "a", "c"]],
    ["?sort_by=last_used_at", ["c", "a", "well-known", "b"]],
  ])("%s", async (query, expected) => {
    const api = await startApi();
    await put(api, "a", { id: "1", createdAt: noon - 2, expiresAt: noon + 1, lastUsedAt: null });
    await put(api, "b", { id: "3", createdAt: noon - 3, expiresAt: noon + 3, lastUsedAt: noon - 1 });
    await put(api, "c", { id: "2", createdAt: noon - 1, expiresAt: noon + 2, lastUsedAt: null });

    expect(names(await api.list(query))).toEqual(expected);
  });
});

describe("the total", () => {
  test.each([
    ["?include_total_count=true", 3],
    ["?include_total_count=true&limit=1", 3],
    ["?include_total_count=true&include_revoked=true", 4],
    ["?include_total_count=false", null],
    ["", null],
  ])("of a list with %s is %s", async (query, total) => {
    const api = await startApi();
    await put(api, "a");
    await put(api, "expired", { expiresAt: noon - 1 });
    await put(api, "revoked", { revocation });

    expect((await api.list(query)).body.total).toBe(total);
  });
});

describe("the limit", () => {
  test.each([
    ["", 50],
    ["?limit=1", 1],
    ["?limit=1000", 1_000],
    ["?limit=%2B0_7.0", 7],
  ])("of a list with %s is %d, and says so", async (query, limit) => {
    const api = await startApi();
    for (let n = 0; n < 60; n += 1) await put(api, `token ${n}`);

    const { body } = await api.list(query);

    expect(body.limit).toBe(limit);
    expect(body.items).toHaveLength(Math.min(limit, 61));
  });

  const tooSmall = {
    type: "greater_than_equal",
    loc: ["query", "limit"],
    msg: "Input should be greater than or equal to 1",
    ctx: { ge: 1 },
  };
  const tooLarge = {
    type: "less_than_equal",
    loc: ["query", "limit"],
    msg: "Input should be less than or equal to 1000",
    ctx: { le: 1_000 },
  };
  const unparsable = {
    type: "int_parsing",
    loc: ["query", "limit"],
    msg: "Input should be a valid integer, unable to parse string as an integer",
  };
  test.each([
    ["0", tooSmall],
    ["-1", tooSmall],
    ["1001", tooLarge],
    ["9999999999999999999999", tooLarge],
    ["", unparsable],
    ["ten", unparsable],
    ["1.5", unparsable],
  ])("is not “%s”: 422", async (limit, { type, loc, msg, ...rest }) => {
    const { list } = await startApi();

    expect(answerOf(await list(`?limit=${limit}`))).toEqual(refusal(422, [{ type, loc, msg, input: limit, ...rest }]));
  });
});

describe("400 is answered to", () => {
  test.each([
    ["a direction that is neither next nor prev", "?direction=back"],
    ["a direction in capitals", "?direction=NEXT"],
    ["an empty direction", "?direction="],
    ["a column that cannot be sorted by", "?sort_by=description"],
    ["a column that there is none of", "?sort_by=nothing"],
    ["an empty column", "?sort_by="],
    ["a cursor that does not decode", "?cursor=nonsense"],
    ["an empty cursor", "?cursor="],
    ["the example of upstream's guide, which no double made", "?cursor=eyJpZCI6IjAxOTQxZjI5In0="],
  ])("%s", async (_, query) => {
    const { list } = await startApi();

    expect(answerOf(await list(query))).toEqual(invalidParameters);
  });
});

test("a query with several faults reports all of them, in the order of declaration", async () => {
  const { list } = await startApi();

  const answer = await list("?descending=x&limit=0&include_revoked=2");

  const flag = { type: "bool_parsing", msg: "Input should be a valid boolean, unable to interpret input" };
  expect(answer.status).toBe(422);
  expect(answer.body.detail).toEqual([
    { ...flag, loc: ["query", "include_revoked"], input: "2" },
    {
      type: "greater_than_equal",
      loc: ["query", "limit"],
      msg: "Input should be greater than or equal to 1",
      input: "0",
      ctx: { ge: 1 },
    },
    { ...flag, loc: ["query", "descending"], input: "x" },
  ]);
});

test("parameters that there are none of are ignored, and of a repeated one the last counts", async () => {
  const { list } = await startApi();

  expect((await list("?page=2&limit=0&limit=5")).body.limit).toBe(5);
});
