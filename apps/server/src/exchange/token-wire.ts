import type { APITokenResponse, APITokenRevokeResponse } from "@dayzero-tokens/contract";
import { formatInstant, type Instant } from "../tokens/instant.ts";
import type { Revocation, Token } from "../tokens/token.ts";

/** A token in upstream's words. */
export const tokenResponse = (token: Token): APITokenResponse => ({
  id: token.id,
  jti: token.jti,
  name: token.name,
  description: token.description,
  token_prefix: token.prefix,
  token_type: "api",
  created_at: formatInstant(token.createdAt),
  last_used_at: optionalInstant(token.lastUsedAt),
  expires_at: optionalInstant(token.expiresAt),
  revoked_at: optionalInstant(token.revocation?.at ?? null),
  revocation_reason: token.revocation?.reason ?? null,
});

/** A revocation in upstream's words. */
export const revokeResponse = (token: Token, revocation: Revocation): APITokenRevokeResponse => ({
  id: token.id,
  jti: token.jti,
  name: token.name,
  revoked_at: formatInstant(revocation.at),
  revoked_by: revocation.by,
  revocation_reason: revocation.reason,
});

const optionalInstant = (at: Instant | null) => (at === null ? null : formatInstant(at));
