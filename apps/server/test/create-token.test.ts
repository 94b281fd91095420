import { createHmac } from "node:crypto";
import { describe, expect, test } from "vitest";
import { day, formatInstant } from "../src/tokens/instant.ts";
import { wellKnown } from "../src/world/well-known.ts";
import { answerOf, noon, refusal, startApi } from "./api.ts";

const uuid7 = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const inAYear = formatInstant(noon + 365 * day);

test("creating answers 201 with the secret and the whole record", async () => {
  const { create } = await startApi();

  const answer = await create({ name: "ci", description: "for the pipeline", expires_in_days: 30 });

  expect(answer.status).toBe(201);
  expect(answer.body).toEqual({
    token: expect.stringMatching(/^dz_[\w-]+\.[\w-]+\.[\w-]+$/),
    token_info: {
      id: expect.stringMatching(uuid7),
      jti: expect.stringMatching(uuid7),
      name: "ci",
      description: "for the pipeline",
      token_prefix: "dz_eyJ...",
      token_type: "api",
      created_at: "2026-03-01T12:00:00Z",
      last_used_at: null,
      expires_at: "2026-03-31T12:00:00Z",
      revoked_at: null,
      revocation_reason: null,
    },
  });
});

test("the fields come in the order in which upstream declares them", async () => {
  const { create } = await startApi();

  const { body } = await create();

  expect(Object.keys(body)).toEqual(["token", "token_info"]);
  expect(Object.keys(body.token_info)).toEqual([
    "id",
    "jti",
    "name",
    "description",
    "token_prefix",
    "token_type",
    "created_at",
    "last_used_at",
    "expires_at",
    "revoked_at",
    "revocation_reason",
  ]);
});

test("the secret is dz_ and a JWS with HS256 that claims what the record says", async () => {
  const key = "dayzero-double signs with this published key; its tokens open nothing but doubles";
  const { create } = await startApi();

  const { body } = await create({ name: "ci", expires_in_days: 7 });

  const [header = "", claims = "", signature] = body.token.slice("dz_".length).split(".");
  const read = (part: string) => JSON.parse(Buffer.from(part, "base64url").toString());
  expect(signature).toBe(createHmac("sha256", key).update(`${header}.${claims}`).digest("base64url"));
  expect(read(header)).toEqual({ alg: "HS256", typ: "JWT", kid: "dayzero-double" });
  expect(read(claims)).toEqual({
    jti: body.token_info.jti,
    sub: wellKnown.user.id,
    type: "api",
    iat: noon / 1_000,
    exp: (noon + 7 * day) / 1_000,
  });
});

describe("a token expires", () => {
  test.each<[string, object, string]>([
    ["after 365 days where nothing is said", {}, inAYear],
    ["after 365 days where null is said", { expires_in_days: null }, inAYear],
    ["after a day", { expires_in_days: 1 }, "2026-03-02T12:00:00Z"],
    ["after 365 days", { expires_in_days: 365 }, inAYear],
    ["after the days of a string", { expires_in_days: " +0_30.0 " }, "2026-03-31T12:00:00Z"],
    ["after a day where true is said", { expires_in_days: true }, "2026-03-02T12:00:00Z"],
  ])("%s", async (_, parts, expiresAt) => {
    const { create } = await startApi();

    expect((await create({ name: "ci", ...parts })).body.token_info.expires_at).toBe(expiresAt);
  });
});

test.each<[string, object, Record<string, unknown>]>([
  ["no description", { name: "ci" }, { description: null }],
  ["null for a description", { name: "ci", description: null }, { description: null }],
  ["an empty description", { name: "ci", description: "" }, { description: "" }],
  ["a name with blanks around it", { name: "  ci " }, { name: "  ci " }],
  ["a name of 255 characters outside the BMP", { name: "🙂".repeat(255) }, { name: "🙂".repeat(255) }],
  ["a name with a line break and a NUL", { name: "a\nb\0" }, { name: "a\nb\0" }],
  ["keys that there are none of", { name: "ci", id: "mine", token_type: "web" }, { token_type: "api" }],
])("%s is taken as it is", async (_, body, expected) => {
  const { create, list } = await startApi();

  const created = await create(body);
  const listed = await list();

  expect(created.status).toBe(201);
  expect(created.body.token_info).toMatchObject(expected);
  expect(listed.body.items).toContainEqual(created.body.token_info);
});

test("text that is not ASCII goes out unescaped", async () => {
  const { create } = await startApi();

  expect((await create({ name: "clé 🔑" })).text).toContain('"name":"clé 🔑"');
});

test("two tokens may have the same name, and are two tokens", async () => {
  const { created } = await startApi();

  const [one, two] = [await created({ name: "ci" }), await created({ name: "ci" })];

  expect(one.info.id).not.toBe(two.info.id);
  expect(one.info.jti).not.toBe(two.info.jti);
  expect(one.secret).not.toBe(two.secret);
});

test("all invalid fields are reported at once, in the order of their declaration", async () => {
  const { world, create } = await startApi();

  const answer = await create({ expires_in_days: 366, description: 5, name: "" });

  expect(answerOf(answer)).toEqual(
    refusal(422, [
      {
        type: "string_too_short",
        loc: ["body", "name"],
        msg: "String should have at least 1 character",
        input: "",
        ctx: { min_length: 1 },
      },
      { type: "string_type", loc: ["body", "description"], msg: "Input should be a valid string", input: 5 },
      {
        type: "less_than_equal",
        loc: ["body", "expires_in_days"],
        msg: "Input should be less than or equal to 365",
        input: 366,
        ctx: { le: 365 },
      },
    ]),
  );
  expect(await world.tokens.all()).toHaveLength(1);
});
