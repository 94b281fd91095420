import type { Case, Send } from "../case.ts";

const list: Send = { method: "GET", path: "/api/v1/tokens" };
const refused = {
  status: 401,
  headers: { "content-type": "application/json" },
  text: '{"detail":"Not authenticated"}',
};

/** Who may ask at all. */
export const credentialsCases: readonly Case[] = [
  {
    name: "A request without Authorization is answered 401",
    rule: "credentials.absent",
    tier: "read",
    steps: [{ send: { ...list, authorization: null }, expect: refused }],
  },
  {
    name: "An Authorization that is no Bearer is answered 401",
    rule: "credentials.scheme",
    tier: "read",
    steps: [
      { send: { ...list, authorization: "Basic ZHo6eA==" }, expect: refused },
      { send: { ...list, authorization: "{{target.token}}" }, expect: refused },
    ],
  },
  {
    name: "A bearer that is no token is answered 401",
    rule: "credentials.malformed",
    tier: "read",
    steps: [
      { send: { ...list, authorization: "Bearer dz_nonsense" }, expect: refused },
      { send: { ...list, authorization: "Bearer {{target.token}} x" }, expect: refused },
    ],
  },
  {
    name: "A token whose signature is another's is answered 401",
    rule: "credentials.signature",
    tier: "read",
    steps: [{ send: { ...list, authorization: "Bearer {{target.tampered}}" }, expect: refused }],
  },
  {
    name: "A refusal of the credentials says how to authenticate",
    rule: "credentials.challenge",
    tier: "read",
    steps: [
      { send: { ...list, authorization: null }, expect: { status: 401, headers: { "www-authenticate": "Bearer" } } },
      {
        send: { ...list, authorization: "Bearer dz_nonsense" },
        expect: { status: 401, headers: { "www-authenticate": "Bearer" } },
      },
    ],
  },
  {
    name: "The scheme of Authorization may be spelled in any case, with any number of spaces behind it",
    rule: "credentials.scheme-case",
    tier: "read",
    steps: [
      { send: { ...list, authorization: "bEARER {{target.token}}" }, expect: { status: 200, shape: "listTokens" } },
      { send: { ...list, authorization: "Bearer   {{target.token}}" }, expect: { status: 200 } },
    ],
  },
  {
    name: "An expired token is answered 401, to the second",
    rule: "credentials.expired",
    tier: "full",
    sandbox: { tokens: ["expired", "expiring"], clock: { freeze: true } },
    steps: [
      { send: { ...list, authorization: "Bearer {{sandbox.tokens.0.token}}" }, expect: refused },
      { send: { ...list, authorization: "Bearer {{sandbox.tokens.1.token}}" }, expect: { status: 200 } },
      {
        send: {
          method: "POST",
          path: "/_double/clock/advance?business_id={{sandbox.business_id}}",
          json: { seconds: 1 },
        },
        expect: { status: 200 },
      },
      { send: { ...list, authorization: "Bearer {{sandbox.tokens.1.token}}" }, expect: refused },
    ],
  },
  {
    name: "A revoked token is answered 401",
    rule: "credentials.revoked",
    tier: "full",
    sandbox: { tokens: ["revoked"] },
    steps: [{ send: { ...list, authorization: "Bearer {{sandbox.tokens.0.token}}" }, expect: refused }],
  },
  {
    name: "A token that is not on record any more is answered 401",
    rule: "credentials.unknown",
    tier: "full",
    sandbox: {},
    steps: [
      { send: list, expect: { status: 200 } },
      { send: { method: "DELETE", path: "/_double/sandboxes/{{sandbox.business_id}}" }, expect: { status: 204 } },
      { send: list, expect: refused },
    ],
  },
];
