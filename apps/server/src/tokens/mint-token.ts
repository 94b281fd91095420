import type { HmacKey } from "./hmac.ts";
import type { Instant } from "./instant.ts";
import { digestOf, mintSecret, prefixOf } from "./secret.ts";
import type { Owner, Token } from "./token.ts";

/** What a new token is to be; what is left out is made up. */
export interface Wanted extends Owner {
  readonly name: string;
  readonly createdAt: Instant;
  readonly expiresAt: Instant | null;
  readonly description?: string | null | undefined;
  readonly id?: string | undefined;
  readonly jti?: string | undefined;
  /** Pinned; without one, one is signed. */
  readonly secret?: string | undefined;
  readonly lastUsedAt?: Instant | null;
  readonly revocation?: Token["revocation"];
}

/** What tokens are made with. */
export interface Mint {
  readonly ids: { next(at: Instant): string };
  readonly signingKey: HmacKey;
}

/** A token and its secret. It is not in any store yet. */
export function mintToken({ ids, signingKey }: Mint, wanted: Wanted) {
  const { userId, businessId, name, createdAt, expiresAt } = wanted;
  const id = wanted.id ?? ids.next(createdAt);
  const jti = wanted.jti ?? ids.next(createdAt);
  const secret = wanted.secret ?? mintSecret({ jti, userId, createdAt, expiresAt }, signingKey);
  const token: Token = {
    id,
    jti,
    userId,
    businessId,
    name,
    description: wanted.description ?? null,
    prefix: prefixOf(secret),
    digest: digestOf(secret),
    createdAt,
    expiresAt,
    lastUsedAt: wanted.lastUsedAt ?? null,
    revocation: wanted.revocation ?? null,
  };
  return { token, secret };
}
