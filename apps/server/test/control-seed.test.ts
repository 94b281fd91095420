import type { Seed } from "@dayzero-tokens/contract/control";
import { expect, test } from "vitest";
import { type Double, startDouble } from "../src/index.ts";
import { bodyOf, callsOf, controlOf, wellKnownCaller } from "./calls.ts";

const business = "0197a5c2-0000-7000-8000-00000000000b";
const noon = "2026-03-01T12:00:00Z";

const pinned: Seed = {
  users: [{ id: "0197a5c2-0000-7000-8000-00000000000a", email: "ann@example.com" }, { email: "bob@example.com" }],
  businesses: [
    { id: business, members: [{ user: "ann@example.com" }, { user: "bob@example.com", permissions: ["read"] }] },
  ],
  tokens: [
    {
      id: "0197a5c2-0000-7000-8000-00000000000c",
      jti: "a jti of mine",
      user: "ann@example.com",
      business,
      name: "pinned",
      description: "as it says",
      secret: "dz_the-secret.that.I-chose",
      created_at: "2026-01-02T03:04:05Z",
      expires_at: null,
      last_used_at: "2026-02-01T00:00:00Z",
    },
    { user: "bob@example.com", business, name: "made up" },
    {
      user: "ann@example.com",
      business,
      name: "revoked",
      revoked: { at: "2026-02-03T04:05:06Z", by: "eve", reason: "left" },
    },
  ],
};

async function postSeed({ url }: Double, seed: unknown) {
  const response = await fetch(`${url}/_double/seed`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(seed),
  });
  return { status: response.status, body: await response.json() };
}

test("seeding adds users, businesses and tokens to a running double, and answers the secrets that it made up once", async () => {
  await using double = await startDouble();
  double.clock.freeze(noon);

  const seeded = bodyOf(await controlOf(double).seed({ body: pinned }), 201);

  expect(seeded).toEqual({
    users: [
      { id: "0197a5c2-0000-7000-8000-00000000000a", email: "ann@example.com" },
      { id: expect.stringMatching(/^[0-9a-f-]{36}$/), email: "bob@example.com" },
    ],
    businesses: [business],
    tokens: [
      {
        id: "0197a5c2-0000-7000-8000-00000000000c",
        name: "pinned",
        business_id: business,
        token: "dz_the...",
      },
      { id: expect.any(String), name: "made up", business_id: business, token: expect.stringMatching(/^dz_eyJ/) },
      { id: expect.any(String), name: "revoked", business_id: business, token: expect.stringMatching(/^dz_eyJ/) },
    ],
  });
  const [, bob, revoked] = seeded.tokens.map(({ token }) => ({ token, businessId: business }));
  if (!bob || !revoked) return expect.fail("three tokens were seeded");
  const ann = { token: "dz_the-secret.that.I-chose", businessId: business };
  const listed = await callsOf(double, ann).listed("?include_revoked=true&sort_by=name&descending=false");
  expect(listed).toMatchObject([
    {
      id: "0197a5c2-0000-7000-8000-00000000000c",
      jti: "a jti of mine",
      name: "pinned",
      description: "as it says",
      token_prefix: "dz_the...",
      created_at: "2026-01-02T03:04:05Z",
      expires_at: null,
      last_used_at: noon,
      revoked_at: null,
    },
    {
      name: "revoked",
      created_at: noon,
      expires_at: "2027-03-01T12:00:00Z",
      revoked_at: "2026-02-03T04:05:06Z",
      revocation_reason: "left",
    },
  ]);
  expect(await callsOf(double, bob).list()).toMatchObject({ status: 200 });
  expect(await callsOf(double, bob).create()).toMatchObject({ status: 403 });
  expect(await callsOf(double, revoked).list()).toMatchObject({ status: 401 });
  expect(await callsOf(double, wellKnownCaller).listed()).toHaveLength(1);
  expect(JSON.stringify(await double.snapshot())).not.toContain("that.I-chose");
});

test("a double can start with a seed, and a reset goes back to it", async () => {
  await using double = await startDouble({ seed: pinned });
  const ann = { token: "dz_the-secret.that.I-chose", businessId: business };
  expect(await callsOf(double, ann).listed()).toHaveLength(1);
  const before = await double.snapshot();
  await callsOf(double, ann).create();

  await double.reset();

  const { tokens } = await double.snapshot();
  expect(tokens.map(({ id }) => id)).toEqual(before.tokens.map(({ id }) => id));
  expect(await callsOf(double, ann).listed()).toHaveLength(1);
});

test("a business that was seeded while running goes back to what it was seeded as", async () => {
  await using double = await startDouble();
  const ann = { token: "dz_the-secret.that.I-chose", businessId: business };
  await double.seed(pinned);
  await callsOf(double, ann).create();

  expect(await double.reset({ business_id: business })).toMatchObject({ tokens: 4, businesses: 1 });

  expect((await callsOf(double, ann).listed()).map(({ name }) => name)).toEqual(["pinned"]);
});

const refused: [string, unknown, number, string][] = [
  [
    "a user's e-mail that is there already",
    { users: [{ email: "new@example.com" }, { email: "dev@example.com" }] },
    409,
    "users: dev@example.com is there already; each may be there once",
  ],
  [
    "an e-mail twice",
    { users: [{ email: "new@example.com" }, { email: "new@example.com" }] },
    409,
    "users: new@example.com is there already; each may be there once",
  ],
  [
    "a user's id that is there already",
    { users: [{ id: "01941f29-7c00-7000-8000-000000000001", email: "new@example.com" }] },
    409,
    "users: 01941f29-7c00-7000-8000-000000000001 is there already; each may be there once",
  ],
  [
    "a token's id that is there already",
    { tokens: [{ id: "01941f29-7c00-7000-8000-000000000003", user: "dev@example.com", business, name: "x" }] },
    409,
    "tokens: 01941f29-7c00-7000-8000-000000000003 is there already; each may be there once",
  ],
  [
    "a jti that is there already",
    { tokens: [{ jti: "01941f29-7c00-7000-8000-000000000004", user: "dev@example.com", business, name: "x" }] },
    409,
    "tokens (jti): 01941f29-7c00-7000-8000-000000000004 is there already; each may be there once",
  ],
  [
    "a moment whose year in UTC has five digits",
    { tokens: [{ created_at: "9999-12-31T23:59:59-23:59", user: "dev@example.com", business, name: "x" }] },
    422,
    "tokens.0.created_at: must lie in the years 1 to 9999, in UTC",
  ],
  [
    "a moment a year after which there is none",
    { tokens: [{ created_at: "9999-06-01T00:00:00Z", user: "dev@example.com", business, name: "x" }] },
    422,
    "tokens.0.created_at: a year later is beyond the calendar; give expires_at",
  ],
  [
    "a user that nobody knows",
    { users: [{ email: "new@example.com" }], businesses: [{ id: business, members: [{ user: "nwe@example.com" }] }] },
    422,
    "businesses.0.members.0.user: there is no user nwe@example.com; add it under users",
  ],
  [
    "a token of a user that nobody knows",
    {
      tokens: [
        { user: "dev@example.com", business, name: "x" },
        { user: "nobody", business, name: "y" },
      ],
    },
    422,
    "tokens.1.user: there is no user nobody; add it under users",
  ],
  ["a name that is none", { user: [] }, 422, 'unknown name "user"; did you mean "users"?'],
  [
    "a name that is none, deep inside",
    { businesses: [{ id: business, members: [{ user: "dev@example.com", permission: ["read"] }] }] },
    422,
    'businesses.0.members.0: unknown name "permission"; did you mean "permissions"?',
  ],
  ["a business that is no UUID", { businesses: [{ id: "mine" }] }, 422, "businesses.0.id: Invalid GUID"],
  [
    "a secret that is too short",
    { tokens: [{ user: "dev@example.com", business, name: "x", secret: "dz_x" }] },
    422,
    "tokens.0.secret: must begin with dz_ and go on with at least 8 letters, digits, dots, hyphens and underscores",
  ],
];

test.each(refused)("a seed with %s is refused, and nothing of it is added", async (_, seed, status, detail) => {
  await using double = await startDouble();
  const before = await double.snapshot();
  expect(await postSeed(double, seed)).toEqual({ status, body: { detail } });
  expect(await double.snapshot()).toEqual(before);
});

test("a secret that is there already is refused without being repeated", async () => {
  await using double = await startDouble();
  const token = { user: "dev@example.com", business, name: "x", secret: wellKnownCaller.token };
  const answer = await postSeed(double, { tokens: [token] });
  expect(answer).toMatchObject({ status: 409, body: { detail: expect.stringMatching(/^tokens \(secrets\): /) } });
  expect(JSON.stringify(answer)).not.toContain(wellKnownCaller.token);
});

test("of two equal seeds at once, one is added and one refused", async () => {
  await using double = await startDouble();
  const answers = await Promise.allSettled([double.seed(pinned), double.seed(pinned)]);
  expect(answers.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
  expect((await double.snapshot()).users.map(({ email }) => email).toSorted()).toEqual([
    "ann@example.com",
    "bob@example.com",
    "dev@example.com",
  ]);
});

test("a double does not start with a seed that does not go together", async () => {
  await expect(startDouble({ seed: { users: [{ email: "dev@example.com" }] } })).rejects.toThrow(
    "users: dev@example.com is there already; each may be there once",
  );
});
