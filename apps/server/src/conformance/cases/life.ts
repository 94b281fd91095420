import type { Case, Send } from "../case.ts";
import { daysAfter, excluding, including, nowhere, pydanticTime, sameAs, someString, stringLike } from "../pattern.ts";

/** What a person who finds such a token should know about it. */
const name = "dayzero-double verify (safe to revoke)";

const create = (json: object): Send => ({ method: "POST", path: "/api/v1/tokens", json: { name, ...json } });
const list = (query = ""): Send => ({ method: "GET", path: `/api/v1/tokens${query}` });
const refused = { status: 401, text: '{"detail":"Not authenticated"}' };
const uuid7 = stringLike(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/, "a UUIDv7");
const secret = stringLike(/^dz_[\w-]+\.[\w-]+\.[\w-]+$/, "dz_ and a compact JWS");
const missingName = { type: "missing", loc: ["body", "name"], msg: "Field required" };
const invalid = (...detail: readonly object[]) => ({ status: 422, text: JSON.stringify({ detail }) });

/** A token's life: three tokens are created in all, used, and revoked. */
export const lifeCases: readonly Case[] = [
  {
    name: "Creating answers 201 with the secret and the whole record",
    rule: "create.created",
    tier: "write",
    steps: [
      {
        as: "first",
        send: create({ description: null, expires_in_days: 1 }),
        expect: {
          status: 201,
          shape: "createToken",
          headers: { "content-type": "application/json" },
          body: {
            token: secret,
            token_info: {
              id: someString,
              jti: someString,
              name,
              description: null,
              token_type: "api",
              created_at: pydanticTime,
              last_used_at: null,
              revoked_at: null,
              revocation_reason: null,
            },
          },
        },
      },
    ],
  },
  {
    name: "Ids are UUIDv7",
    rule: "create.ids",
    tier: "write",
    needs: ["first"],
    steps: [
      {
        send: list(),
        expect: { status: 200, body: { items: including({ id: sameAs("first.token_info.id") }) } },
      },
      { send: list("?limit=1"), expect: { status: 200, body: { items: [{ id: uuid7 }] } } },
    ],
  },
  {
    name: "The token prefix is the first six characters of the secret and three dots",
    rule: "create.prefix",
    tier: "write",
    needs: ["first"],
    steps: [
      {
        send: list(),
        expect: {
          status: 200,
          body: {
            items: including({
              id: sameAs("first.token_info.id"),
              token_prefix: stringLike(/^dz_.{3}\.\.\.$/, "dz_abc..."),
            }),
          },
        },
      },
    ],
  },
  {
    name: "A token expires after the days that it was created for",
    rule: "create.expiry",
    tier: "write",
    needs: ["first"],
    steps: [
      {
        send: list(),
        expect: {
          status: 200,
          body: {
            items: including({
              id: sameAs("first.token_info.id"),
              expires_at: daysAfter(1, "first.token_info.created_at"),
            }),
          },
        },
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
    name: "Authenticating moves last_used_at",
    rule: "token.last-used",
    tier: "write",
    needs: ["first"],
    steps: [
      { send: { ...list(), authorization: "Bearer {{first.token}}" }, expect: { status: 200 } },
      {
        send: list(),
        expect: {
          status: 200,
          body: { items: including({ id: sameAs("first.token_info.id"), last_used_at: pydanticTime }) },
        },
      },
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
    name: "Invalid fields of a create are answered 422, all of them, and nothing is created",
    rule: "create.invalid-fields",
    tier: "write",
    needs: ["first"],
    steps: [
      { send: { ...create({}), json: {} }, expect: invalid({ ...missingName, input: {} }) },
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
        send: { ...create({}), text: "" },
        expect: invalid({ type: "missing", loc: ["body"], msg: "Field required", input: null }),
      },
      {
        send: { ...create({}), json: { name: "é".repeat(256) } },
        expect: { status: 422, body: { detail: [{ type: "string_too_long", ctx: { max_length: 255 } }] } },
      },
      { send: list("?limit=1"), expect: { status: 200, body: { items: [{ id: sameAs("first.token_info.id") }] } } },
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
        send: { ...create({}), text: `{"name":"${name}","expires_in_days":" +0_2.0 ","unknown":1}` },
        expect: {
          status: 201,
          shape: "createToken",
          body: { token_info: { description: null, expires_at: pydanticTime } },
        },
      },
      {
        send: list(),
        expect: {
          status: 200,
          body: {
            items: including({
              id: sameAs("second.token_info.id"),
              expires_at: daysAfter(2, "second.token_info.created_at"),
            }),
          },
        },
      },
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
        send: {
          method: "POST",
          path: "/api/v1/tokens/{{second.token_info.id}}/revoke",
          json: { reason: "verified" },
          headers: { "x-user-email": "verify@example.com" },
        },
        expect: {
          status: 201,
          shape: "revokeToken",
          body: {
            id: sameAs("second.token_info.id"),
            jti: sameAs("second.token_info.jti"),
            revoked_at: pydanticTime,
            revoked_by: someString,
            revocation_reason: "verified",
          },
        },
      },
      { send: { ...list(), authorization: "Bearer {{second.token}}" }, expect: refused },
    ],
  },
  {
    name: "A revocation is by the e-mail of x-user-email",
    rule: "revoke.by",
    tier: "full",
    sandbox: { tokens: ["active", "active"] },
    steps: [
      {
        send: {
          method: "POST",
          path: "/api/v1/tokens/{{sandbox.tokens.0.id}}/revoke",
          headers: { "x-user-email": "audit@example.com" },
        },
        expect: { status: 201, body: { revoked_by: "audit@example.com" } },
      },
      {
        send: { method: "POST", path: "/api/v1/tokens/{{sandbox.tokens.1.id}}/revoke" },
        expect: { status: 201, body: { revoked_by: "{{sandbox.email}}" } },
      },
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
        send: list("?include_revoked=true"),
        expect: {
          status: 200,
          body: {
            items: including({
              id: sameAs("second.token_info.id"),
              revoked_at: sameAs("revocation.revoked_at"),
              revocation_reason: "verified",
            }),
          },
        },
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
        send: { method: "POST", path: "/api/v1/tokens/{{second.token_info.id}}/revoke", json: { reason: "again" } },
        expect: { status: 400, headers: { "content-type": "application/json" }, body: { detail: someString } },
      },
      {
        send: list("?include_revoked=true"),
        expect: {
          status: 200,
          body: {
            items: including({
              id: sameAs("second.token_info.id"),
              revoked_at: sameAs("revocation.revoked_at"),
              revocation_reason: "verified",
            }),
          },
        },
      },
    ],
  },
  {
    name: "Without a number of days a token lasts 365",
    rule: "create.default-expiry",
    tier: "write",
    steps: [
      {
        as: "third",
        send: create({ expires_in_days: null }),
        expect: { status: 201, body: { token_info: { expires_at: pydanticTime } } },
      },
      {
        send: list(),
        expect: {
          status: 200,
          body: {
            items: including({
              id: sameAs("third.token_info.id"),
              expires_at: daysAfter(365, "third.token_info.created_at"),
            }),
          },
        },
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
        send: {
          method: "POST",
          path: "/api/v1/tokens/{{third.token_info.id}}/revoke",
          authorization: "Bearer {{third.token}}",
        },
        expect: { status: 201, shape: "revokeToken", body: { revocation_reason: null } },
      },
      { send: { ...list(), authorization: "Bearer {{third.token}}" }, expect: refused },
    ],
  },
  {
    name: "Revoking takes null for a body",
    rule: "revoke.optional-body",
    tier: "full",
    sandbox: { tokens: ["active", "active"] },
    steps: [
      {
        send: { method: "POST", path: "/api/v1/tokens/{{sandbox.tokens.0.id}}/revoke", text: "null" },
        expect: { status: 201, body: { revocation_reason: null } },
      },
      {
        send: { method: "POST", path: "/api/v1/tokens/{{sandbox.tokens.1.id}}/revoke", json: { reason: null } },
        expect: { status: 201, body: { revocation_reason: null } },
      },
    ],
  },
  {
    name: "A token that does not exist is answered 404",
    rule: "revoke.unknown-token",
    tier: "read",
    steps: [
      {
        send: { method: "POST", path: "/api/v1/tokens/01941f29-7c00-7000-8000-00000000dead/revoke" },
        expect: { status: 404, text: '{"detail":"Resource not found"}' },
      },
    ],
  },
  {
    name: "Another's token is answered 404, and stays as it was",
    rule: "revoke.own-only",
    tier: "full",
    sandbox: {},
    steps: [
      {
        as: "other",
        send: { method: "POST", path: "/_double/sandboxes", json: {} },
        expect: { status: 201 },
      },
      {
        send: { method: "POST", path: "/api/v1/tokens/{{other.token_id}}/revoke" },
        expect: { status: 404, text: '{"detail":"Resource not found"}' },
      },
      {
        send: { ...list(), authorization: "Bearer {{other.token}}", business: "{{other.business_id}}" },
        expect: { status: 200 },
      },
    ],
  },
  {
    name: "The eleventh active token is answered 400 and not stored; a revoked or expired one frees its place at once",
    rule: "create.limit",
    tier: "full",
    sandbox: { tokens: ["expiring", "at_limit"], clock: { freeze: true } },
    steps: [
      {
        send: create({}),
        expect: {
          status: 400,
          headers: { "content-type": "application/json" },
          body: { detail: stringLike(/10/, "a sentence that names the limit of 10") },
        },
      },
      { send: list("?include_total_count=true"), expect: { status: 200, body: { total: 10 } } },
      { send: { method: "POST", path: "/api/v1/tokens/{{sandbox.tokens.1.id}}/revoke" }, expect: { status: 201 } },
      { send: create({}), expect: { status: 201 } },
      { send: create({}), expect: { status: 400 } },
      {
        send: {
          method: "POST",
          path: "/_double/clock/advance?business_id={{sandbox.business_id}}",
          json: { seconds: 1 },
        },
        expect: { status: 200 },
      },
      { send: create({}), expect: { status: 201 } },
      { send: create({}), expect: { status: 400 } },
    ],
  },
];
