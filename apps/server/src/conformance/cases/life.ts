import type { Case, Send } from "../case.ts";
import {
  both,
  daysAfter,
  epochOf,
  exactlyOne,
  excluding,
  including,
  jwsOf,
  not,
  nowhere,
  prefixOf,
  pydanticTime,
  sameAs,
  someString,
  stringLike,
} from "../pattern.ts";

const create = (json: object): Send => ({
  method: "POST",
  path: "/api/v1/tokens",
  json: { name: "{{run.name}}", ...json },
});
const list = (query = "?limit=1000"): Send => ({ method: "GET", path: `/api/v1/tokens${query}` });
const revoke = (id: string, more: Partial<Send> = {}): Send => ({
  method: "POST",
  path: `/api/v1/tokens/{{${id}}}/revoke`,
  ...more,
});
const json = { "content-type": "application/json" };
const refused = { status: 401, text: '{"detail":"Not authenticated"}' };
const unknown = { status: 404, headers: json, text: '{"detail":"Resource not found"}' };
const uuid7 = stringLike(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/, "a UUIDv7");
const description = "Made to see whether a description comes back";
const secret = stringLike(/^dz_[\w-]+\.[\w-]+\.[\w-]+$/, "dz_ and a JWT");
const missingName = { type: "missing", loc: ["body", "name"], msg: "Field required" };
const invalid = (...detail: readonly object[]) => ({ status: 422, headers: json, text: JSON.stringify({ detail }) });
const listedWith = (item: object) => ({ status: 200, body: { items: including(item) } });
const listedAs = (name: string, item: object) => listedWith({ id: sameAs(`${name}.token_info.id`), ...item });
const later = (business: string, seconds: number) => ({
  send: { method: "POST", path: `/_double/clock/advance?business_id={{${business}}}`, json: { seconds } },
  expect: { status: 200 },
});
const second = (business: string) => later(business, 1);
const otherSandbox = {
  as: "other",
  send: { method: "POST", path: "/_double/sandboxes", json: {} },
  expect: { status: 201 },
};
const join = (...members: readonly (readonly [user: string, business: string])[]) => ({
  send: {
    method: "POST",
    path: "/_double/seed",
    json: {
      businesses: members.map(([user, business]) => ({
        id: `{{${business}.business_id}}`,
        members: [{ user: `{{${user}.email}}` }],
      })),
    },
  },
  expect: { status: 201 },
});
/** In the business of one sandbox, as the user of one. */
const asUser = (user: string, business: string, send: Send): Send => ({
  ...send,
  authorization: `Bearer {{${user}.token}}`,
  business: `{{${business}.business_id}}`,
});

/** A token's life: three tokens are created in all, used, and revoked; two of them are alive at once. */
export const lifeCases: readonly Case[] = [
  {
    name: "Creating answers 201 with the secret and the whole record",
    rule: "create.created",
    tier: "write",
    steps: [
      {
        as: "first",
        send: create({ description, expires_in_days: 1 }),
        expect: {
          status: 201,
          shape: "createToken",
          headers: json,
          body: {
            token: secret,
            token_info: {
              id: someString,
              jti: someString,
              name: "{{run.name}}",
              description,
              token_type: "api",
              revoked_at: null,
              revocation_reason: null,
            },
          },
        },
      },
      {
        send: list(),
        expect: listedAs("first", {
          jti: sameAs("first.token_info.jti"),
          name: "{{run.name}}",
          description,
          created_at: sameAs("first.token_info.created_at"),
          expires_at: sameAs("first.token_info.expires_at"),
        }),
      },
      { send: list(), expect: { status: 200, body: { items: exactlyOne({ name: "{{run.name}}" }) } } },
    ],
  },
  {
    name: "Ids are UUIDv7",
    rule: "create.ids",
    tier: "write",
    needs: ["first"],
    steps: [{ send: list(), expect: listedWith({ id: both(sameAs("first.token_info.id"), uuid7) }) }],
  },
  {
    name: "A secret is a JWS that claims what the record says",
    rule: "create.secret",
    tier: "full",
    sandbox: {},
    steps: [
      {
        send: create({ expires_in_days: 3 }),
        expect: {
          status: 201,
          body: {
            token: jwsOf(
              { alg: "HS256", typ: "JWT" },
              {
                jti: sameAs("answer.token_info.jti"),
                sub: "{{sandbox.user_id}}",
                type: "api",
                iat: epochOf("answer.token_info.created_at"),
                exp: epochOf("answer.token_info.expires_at"),
              },
            ),
          },
        },
      },
    ],
  },
  {
    name: "The token prefix is the first six characters of the secret and three dots",
    rule: "create.prefix",
    tier: "write",
    needs: ["first"],
    steps: [{ send: list(), expect: listedAs("first", { token_prefix: prefixOf("first.token", 6) }) }],
  },
  {
    name: "Date-times are UTC with six fractional digits and Z",
    rule: "time.form",
    tier: "write",
    needs: ["first"],
    steps: [{ send: list(), expect: listedAs("first", { created_at: pydanticTime, expires_at: pydanticTime }) }],
  },
  {
    name: "Date-times have no fraction at a whole second",
    rule: "time.form",
    tier: "full",
    sandbox: { clock: { freeze: "2031-02-03T04:05:06.000Z" } },
    steps: [
      {
        send: create({ expires_in_days: 1 }),
        expect: {
          status: 201,
          body: { token_info: { created_at: "2031-02-03T04:05:06Z", expires_at: "2031-02-04T04:05:06Z" } },
        },
      },
    ],
  },
  {
    name: "A token expires after the days that it was created for",
    rule: "create.expiry",
    tier: "write",
    needs: ["first"],
    steps: [{ send: list(), expect: listedAs("first", { expires_at: daysAfter(1, "first.token_info.created_at") }) }],
  },
  {
    name: "A token can be created for 365 days, and for one",
    rule: "create.expiry",
    tier: "full",
    sandbox: {},
    steps: [365, 1].map((days) => ({
      send: create({ expires_in_days: days }),
      expect: {
        status: 201,
        body: { token_info: { expires_at: daysAfter(days, "answer.token_info.created_at") } },
      },
    })),
  },
  {
    name: "A token that was never used has no last use, and authenticating gives it one",
    rule: "token.last-used",
    tier: "write",
    needs: ["first"],
    steps: [
      { send: list(), expect: listedAs("first", { last_used_at: null }) },
      { send: { ...list("?limit=1"), authorization: "Bearer {{first.token}}" }, expect: { status: 200 } },
      { send: list(), expect: listedAs("first", { last_used_at: someString }) },
    ],
  },
  {
    name: "Every request that a token authenticates moves its last use",
    rule: "token.last-used",
    tier: "full",
    sandbox: { clock: { freeze: true } },
    steps: [
      { as: "before", send: list(), expect: { status: 200, body: { items: [{ last_used_at: someString }] } } },
      second("sandbox.business_id"),
      {
        send: list(),
        expect: { status: 200, body: { items: [{ last_used_at: not(sameAs("before.items.0.last_used_at")) }] } },
      },
    ],
  },
  {
    name: "The created token authenticates the very next request",
    rule: "create.usable",
    tier: "write",
    needs: ["first"],
    steps: [
      { send: { ...list(), authorization: "Bearer {{first.token}}" }, expect: { status: 200, shape: "listTokens" } },
    ],
  },
  {
    name: "The secret is not answered a second time",
    rule: "secret.shown-once",
    tier: "write",
    needs: ["first"],
    steps: [{ send: list("?include_revoked=true&limit=1000"), expect: { status: 200, body: nowhere("first.token") } }],
  },
  {
    name: "Invalid fields of a create are answered 422, all of them in the order of declaration, and nothing is created",
    rule: "create.invalid-fields",
    tier: "write",
    needs: ["first"],
    steps: [
      {
        send: create({ expires_in_days: 366 }),
        expect: invalid({
          type: "less_than_equal",
          loc: ["body", "expires_in_days"],
          msg: "Input should be less than or equal to 365",
          input: 366,
          ctx: { le: 365 },
        }),
      },
      {
        send: create({ expires_in_days: 0 }),
        expect: invalid({
          type: "greater_than_equal",
          loc: ["body", "expires_in_days"],
          msg: "Input should be greater than or equal to 1",
          input: 0,
          ctx: { ge: 1 },
        }),
      },
      {
        send: { ...create({}), text: '{"expires_in_days":366.0,"description":[],"name":""}' },
        expect: {
          status: 422,
          text:
            '{"detail":[{"type":"string_too_short","loc":["body","name"],"msg":"String should have at least 1 character","input":"","ctx":{"min_length":1}},' +
            '{"type":"string_type","loc":["body","description"],"msg":"Input should be a valid string","input":[]},' +
            '{"type":"less_than_equal","loc":["body","expires_in_days"],"msg":"Input should be less than or equal to 365","input":366.0,"ctx":{"le":365}}]}',
        },
      },
      { send: { ...create({}), json: {} }, expect: invalid({ ...missingName, input: {} }) },
      {
        send: { ...create({}), text: "" },
        expect: invalid({ type: "missing", loc: ["body"], msg: "Field required", input: null }),
      },
      {
        send: { ...create({}), json: { name: "é".repeat(256) } },
        expect: { status: 422, body: { detail: [{ type: "string_too_long", ctx: { max_length: 255 } }] } },
      },
      { send: list(), expect: { status: 200, body: { items: exactlyOne({ name: "{{run.name}}" }) } } },
    ],
  },
  {
    name: "A name may have 255 characters, counted as code points",
    rule: "create.invalid-fields",
    tier: "full",
    sandbox: {},
    steps: [
      {
        send: create({ name: "😀".repeat(255) }),
        expect: { status: 201, body: { token_info: { name: "😀".repeat(255) } } },
      },
      {
        send: create({ name: "😀".repeat(256) }),
        expect: { status: 422, body: { detail: [{ type: "string_too_long", ctx: { max_length: 255 } }] } },
      },
    ],
  },
  {
    name: "A create takes an integer in any spelling that Pydantic takes",
    rule: "scalars.lax",
    tier: "write",
    needs: ["first"],
    steps: [
      {
        as: "second",
        send: { ...create({}), text: '{"name":"{{run.name}}","expires_in_days":" +0_2.0 ","unknown":1}' },
        expect: { status: 201, shape: "createToken", body: { token_info: { description: null } } },
      },
      { send: list(), expect: listedAs("second", { expires_at: daysAfter(2, "second.token_info.created_at") }) },
    ],
  },
  {
    name: "Revoking answers 201 with the revocation, and the token is refused from the very next request on",
    rule: "revoke.revoked",
    tier: "write",
    needs: ["second"],
    steps: [
      {
        as: "revocation",
        send: revoke("second.token_info.id", {
          json: { reason: "verified" },
          headers: { "x-user-email": "verify@example.com" },
        }),
        expect: {
          status: 201,
          headers: json,
          shape: "revokeToken",
          body: {
            id: sameAs("second.token_info.id"),
            jti: sameAs("second.token_info.jti"),
            name: "{{run.name}}",
            revoked_at: someString,
            revocation_reason: "verified",
          },
        },
      },
      { send: { ...list(), authorization: "Bearer {{second.token}}" }, expect: refused },
    ],
  },
  {
    name: "A token is revoked at the moment of its revocation, and not of its creation",
    rule: "revoke.revoked",
    tier: "full",
    sandbox: { clock: { freeze: true } },
    steps: [
      { as: "created", send: create({}), expect: { status: 201 } },
      later("sandbox.business_id", 86_400),
      {
        as: "revocation",
        send: revoke("created.token_info.id"),
        expect: { status: 201, body: { revoked_at: daysAfter(1, "created.token_info.created_at") } },
      },
      {
        send: list("?include_revoked=true"),
        expect: listedAs("created", { revoked_at: sameAs("revocation.revoked_at") }),
      },
    ],
  },
  {
    name: "A revocation is by the e-mail of x-user-email, else by the user's own",
    rule: "revoke.by",
    tier: "full",
    sandbox: { tokens: ["active", "active"] },
    steps: [
      {
        send: revoke("sandbox.tokens.0.id", { headers: { "x-user-email": "audit@example.com" } }),
        expect: { status: 201, body: { revoked_by: "audit@example.com" } },
      },
      { send: revoke("sandbox.tokens.1.id"), expect: { status: 201, body: { revoked_by: "{{sandbox.email}}" } } },
    ],
  },
  {
    name: "A revoked token is listed only when asked for, with its revocation",
    rule: "list.revoked-hidden",
    tier: "write",
    needs: ["revocation"],
    steps: [
      { send: list(), expect: { status: 200, body: { items: excluding({ id: sameAs("second.token_info.id") }) } } },
      {
        send: list("?include_revoked=true&limit=1000"),
        expect: listedAs("second", {
          revoked_at: sameAs("revocation.revoked_at"),
          revocation_reason: "verified",
        }),
      },
    ],
  },
  {
    name: "Revoking a second time is answered 400, and the first revocation stands",
    rule: "revoke.already-revoked",
    tier: "write",
    needs: ["revocation"],
    steps: [
      {
        send: revoke("second.token_info.id", { json: { reason: "again" } }),
        expect: { status: 400, headers: json, body: { detail: someString } },
      },
      {
        send: list("?include_revoked=true&limit=1000"),
        expect: listedAs("second", {
          revoked_at: sameAs("revocation.revoked_at"),
          revocation_reason: "verified",
        }),
      },
    ],
  },
  {
    name: "Revoking a second time, a second later, changes neither time nor reason",
    rule: "revoke.already-revoked",
    tier: "full",
    sandbox: { tokens: ["active"], clock: { freeze: true } },
    steps: [
      { as: "revocation", send: revoke("sandbox.tokens.0.id", { json: { reason: "once" } }), expect: { status: 201 } },
      second("sandbox.business_id"),
      { send: revoke("sandbox.tokens.0.id", { json: { reason: "twice" } }), expect: { status: 400 } },
      {
        send: list("?include_revoked=true"),
        expect: listedWith({
          id: "{{sandbox.tokens.0.id}}",
          revoked_at: sameAs("revocation.revoked_at"),
          revocation_reason: "once",
        }),
      },
    ],
  },
  {
    name: "With null for a number of days a token lasts 365",
    rule: "create.default-expiry",
    tier: "write",
    steps: [
      { as: "third", send: create({ expires_in_days: null }), expect: { status: 201 } },
      { send: list(), expect: listedAs("third", { expires_at: daysAfter(365, "third.token_info.created_at") }) },
    ],
  },
  {
    name: "Without a number of days a token lasts 365",
    rule: "create.default-expiry",
    tier: "full",
    sandbox: {},
    steps: [
      {
        send: create({}),
        expect: { status: 201, body: { token_info: { expires_at: daysAfter(365, "answer.token_info.created_at") } } },
      },
    ],
  },
  {
    name: "A token may revoke itself, without a body",
    rule: "revoke.itself",
    tier: "write",
    needs: ["third"],
    steps: [
      {
        send: revoke("third.token_info.id", { authorization: "Bearer {{third.token}}" }),
        expect: { status: 201, shape: "revokeToken", body: { revocation_reason: null } },
      },
      { send: { ...list(), authorization: "Bearer {{third.token}}" }, expect: refused },
    ],
  },
  {
    name: "Revoking takes no body, null, and a reason of null",
    rule: "revoke.optional-body",
    tier: "full",
    sandbox: { tokens: ["active", "active", "active"] },
    steps: [{}, { text: "null" }, { json: { reason: null } }].map((body, at) => ({
      send: revoke(`sandbox.tokens.${at}.id`, body),
      expect: { status: 201, body: { revocation_reason: null } },
    })),
  },
  {
    name: "A token that does not exist is answered 404",
    rule: "revoke.unknown-token",
    tier: "read",
    steps: [
      { send: { method: "POST", path: "/api/v1/tokens/nope/revoke" }, expect: unknown },
      { send: { method: "POST", path: "/api/v1/tokens/01941f29-7c00-7000-8000-00000000dead/revoke" }, expect: unknown },
    ],
  },
  {
    name: "Another user's token of the same business is answered 404, and stays as it was",
    rule: "revoke.own-only",
    tier: "full",
    sandbox: {},
    steps: [
      otherSandbox,
      join(["other", "sandbox"]),
      { as: "theirs", send: asUser("other", "sandbox", create({})), expect: { status: 201 } },
      { send: revoke("theirs.token_info.id"), expect: unknown },
      { send: asUser("other", "sandbox", list()), expect: listedAs("theirs", { revoked_at: null }) },
    ],
  },
  {
    name: "One's own token of another business is answered 404, and stays as it was",
    rule: "revoke.own-only",
    tier: "full",
    sandbox: {},
    steps: [
      otherSandbox,
      join(["sandbox", "other"]),
      { as: "elsewhere", send: asUser("sandbox", "other", create({})), expect: { status: 201 } },
      { send: revoke("elsewhere.token_info.id"), expect: unknown },
      { send: asUser("sandbox", "other", list()), expect: listedAs("elsewhere", { revoked_at: null }) },
    ],
  },
  {
    name: "The eleventh active token is answered 400 and not stored",
    rule: "create.limit",
    tier: "full",
    sandbox: {},
    steps: [
      ...Array.from({ length: 9 }, () => ({ send: create({}), expect: { status: 201 } })),
      {
        send: create({}),
        expect: {
          status: 400,
          headers: json,
          body: { detail: stringLike(/\b10\b/, "a sentence that names the limit of 10") },
        },
      },
      { send: list("?include_total_count=true"), expect: { status: 200, body: { total: 10 } } },
    ],
  },
  {
    name: "A token that is revoked or expires frees its place at once",
    rule: "create.limit",
    tier: "full",
    sandbox: { tokens: ["expiring", "at_limit"], clock: { freeze: true } },
    steps: [
      { send: create({}), expect: { status: 400 } },
      { send: revoke("sandbox.tokens.1.id"), expect: { status: 201 } },
      { send: create({}), expect: { status: 201 } },
      { send: create({}), expect: { status: 400 } },
      second("sandbox.business_id"),
      { send: create({}), expect: { status: 201 } },
      { send: create({}), expect: { status: 400 } },
    ],
  },
  {
    name: "The limit is a user's, in all businesses together: whoever else is there has one of their own",
    rule: "create.limit-per-user",
    tier: "full",
    sandbox: { tokens: ["at_limit"] },
    steps: [
      otherSandbox,
      join(["sandbox", "other"], ["other", "sandbox"]),
      { send: asUser("sandbox", "other", create({})), expect: { status: 400 } },
      { send: asUser("other", "sandbox", create({})), expect: { status: 201 } },
      { send: asUser("other", "other", create({})), expect: { status: 201 } },
    ],
  },
];
