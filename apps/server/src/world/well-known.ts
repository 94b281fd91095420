import { permissions } from "../state/memory/directory.ts";
import { createSigningKey, digestOf, mintSecret, prefixOf } from "../tokens/secret.ts";
import type { Origin } from "./population.ts";

const user = { id: "01941f29-7c00-7000-8000-000000000001", email: "dev@example.com" };
const businessId = "01941f29-7c00-7000-8000-000000000002";

const claims = {
  jti: "01941f29-7c00-7000-8000-000000000004",
  userId: user.id,
  createdAt: 1_735_689_600_000,
  expiresAt: null,
};

// Signed with the published key, so it opens nothing but doubles.
const secret = mintSecret(claims, createSigningKey());

const token = {
  ...claims,
  id: "01941f29-7c00-7000-8000-000000000003",
  businessId,
  name: "well-known",
  description: "Here at every start, so that there is something to call with",
  prefix: prefixOf(secret),
  digest: digestOf(secret),
  lastUsedAt: null,
  revocation: null,
};

/** The user, the business and the token that a double knows at every start, the same everywhere. */
export const wellKnown = { user, businessId, token, secret } as const;

/** What a double starts from when it is given nothing else. */
export const wellKnownOrigin: Origin = {
  users: [user],
  businesses: [businessId],
  grants: [{ userId: user.id, businessId, permissions }],
  tokens: [token],
};
