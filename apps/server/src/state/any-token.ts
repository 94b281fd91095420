import fc from "fast-check";
import { day } from "../tokens/instant.ts";
import type { Token } from "../tokens/token.ts";

/** 2025-01-01T00:00:00Z, when tests begin. */
export const start = 1_735_689_600_000;

/** A token that a test has something to say of; the rest is as usual. */
export const tokenWith = (parts: Partial<Token> = {}): Token => {
  const id = parts.id ?? "token-1";
  return {
    id,
    jti: `jti of ${id}`,
    userId: "user-1",
    businessId: "business-1",
    name: "ci",
    description: null,
    prefix: "dz_abc...",
    digest: `digest of ${id}`,
    createdAt: start,
    expiresAt: start + 365 * day,
    lastUsedAt: null,
    revocation: null,
    ...parts,
  };
};

/** Few moments and few names, so that many tokens are tied. */
const moment = fc.nat(4).map((days) => start + days * day);
// In UTF-16 the last two stand the other way round.
const name = fc.constantFrom("", "a", "b", "zz", "é", "Ａ", "🙂");

/** Any token of `owner`; the id is for the caller to give. */
export const anyToken = fc
  .record({
    name,
    createdAt: moment,
    expiresAt: fc.option(moment),
    lastUsedAt: fc.option(moment),
    revocation: fc.option(fc.record({ at: moment, by: fc.constant("a@example.com"), reason: fc.option(fc.string()) })),
  })
  .map((parts) => (id: string) => tokenWith({ ...parts, id }));

/** Tokens of one owner with ids of their own, which say nothing of their order. */
export const anyTokens = fc
  .tuple(fc.uniqueArray(fc.nat(10_000), { maxLength: 30 }), fc.array(anyToken, { minLength: 30, maxLength: 30 }))
  .map(([ids, makers]) => ids.flatMap((id, at) => makers[at]?.(`token-${id}`) ?? []));
