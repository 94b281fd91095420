import type { Case, Send } from "../case.ts";

const list: Send = { method: "GET", path: "/api/v1/tokens" };
const revokeNothing: Send = { method: "POST", path: "/api/v1/tokens/nope/revoke" };
const json = { "content-type": "application/json" };
const badRequest = { status: 400, headers: json, text: '{"detail":"Invalid request parameters"}' };
const forbidden = { status: 403, headers: json, text: '{"detail":"Not enough permissions"}' };
const listed = { status: 200, shape: "listTokens" } as const;

/** In which business, and whether the caller may. */
export const businessCases: readonly Case[] = [
  {
    name: "A request without x-business-id is answered 400",
    rule: "business.absent",
    tier: "read",
    steps: [{ send: { ...list, business: null }, expect: badRequest }],
  },
  {
    name: "An x-business-id that is no UUID is answered 400",
    rule: "business.malformed",
    tier: "read",
    steps: [{ send: { ...list, business: "nope" }, expect: badRequest }],
  },
  {
    name: "A business that the user has no access to is answered 403",
    rule: "business.no-access",
    tier: "read",
    steps: [{ send: { ...list, business: "11111111-1111-4111-8111-111111111111" }, expect: forbidden }],
  },
  {
    name: "A business id may be spelled as Python's uuid.UUID takes it",
    rule: "business.uuid-spelling",
    tier: "read",
    steps: [
      { send: { ...list, business: "{{target.business_upper}}" }, expect: listed },
      { send: { ...list, business: "{{target.business_hex}}" }, expect: listed },
      { send: { ...list, business: "urn:uuid:{{target.business_id}}" }, expect: listed },
    ],
  },
  {
    name: "Of a repeated header the first counts",
    rule: "header.first-counts",
    tier: "read",
    steps: [
      { send: { ...list, business: ["{{target.business_id}}", "nope"] }, expect: listed },
      { send: { ...list, business: ["nope", "{{target.business_id}}"] }, expect: badRequest },
    ],
  },
  {
    name: "A user who may only read can list, and is answered 403 when creating or revoking",
    rule: "permission.missing",
    tier: "full",
    sandbox: { permissions: ["read"] },
    steps: [
      { send: list, expect: listed },
      { send: { method: "POST", path: "/api/v1/tokens", json: { name: "verify" } }, expect: forbidden },
      { send: revokeNothing, expect: forbidden },
    ],
  },
  {
    name: "A user who may only write is answered 403 when listing",
    rule: "permission.missing",
    tier: "full",
    sandbox: { permissions: ["write"] },
    steps: [{ send: list, expect: forbidden }],
  },
];
