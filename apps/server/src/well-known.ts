import { createSigningKey, mintSecret } from "./access/secret.ts";

const userId = "01941f29-7c00-7000-8000-000000000001";
const businessId = "01941f29-7c00-7000-8000-000000000002";

const token = {
  id: "01941f29-7c00-7000-8000-000000000003",
  jti: "01941f29-7c00-7000-8000-000000000004",
  userId,
  businessId,
  name: "well-known",
  description: "Here at every start, so that there is something to call with",
  createdAt: 1_735_689_600_000,
  expiresAt: null,
  lastUsedAt: null,
  revocation: null,
} as const;

/** The user, the business and the token that a double knows at every start, the same everywhere. */
export const wellKnown = {
  user: { id: userId, email: "dev@example.com" },
  businessId,
  token,
  /** Signed with the published key, so it opens nothing but doubles. */
  secret: mintSecret(token, createSigningKey()),
} as const;
