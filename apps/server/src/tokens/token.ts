import type { Instant } from "./instant.ts";

/** Whose a token is: a user, in one business. */
export interface Owner {
  readonly userId: string;
  readonly businessId: string;
}

/** That a token was revoked: when, by whose e-mail address, and why. */
export interface Revocation {
  readonly at: Instant;
  readonly by: string;
  readonly reason: string | null;
}

/** A token's record. The secret itself is not in it: `digest` is enough to recognise it. */
export interface Token extends Owner {
  readonly id: string;
  readonly jti: string;
  readonly name: string;
  readonly description: string | null;
  readonly prefix: string;
  readonly digest: string;
  readonly createdAt: Instant;
  /** null: never. */
  readonly expiresAt: Instant | null;
  readonly lastUsedAt: Instant | null;
  readonly revocation: Revocation | null;
}

/** A token is expired at the very instant of `expiresAt`. */
export const isExpired = (token: Token, at: Instant): boolean => token.expiresAt !== null && at >= token.expiresAt;

/** A token is active while it is neither revoked nor expired. */
export const isActive = (token: Token, at: Instant): boolean => token.revocation === null && !isExpired(token, at);

/** A revocation is final: a second one changes nothing. */
export const revokeToken = (token: Token, revocation: Revocation): Token =>
  token.revocation === null ? { ...token, revocation } : token;

/** Notes that the token was used to authenticate. */
export const touchToken = (token: Token, at: Instant): Token =>
  token.lastUsedAt === at ? token : { ...token, lastUsedAt: at };
