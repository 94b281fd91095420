import type { Instant } from "./instant.ts";
import type { Owner, Token } from "./token.ts";
import type { Page, PageQuery } from "./token-page.ts";

/** Where tokens are kept. Checks and writes that must not come apart are one call. */
export interface TokenStore {
  /** Adds the token, unless its user already has `limit` tokens active at `at` (0: no limit). Resolves to whether it did. */
  add(token: Token, limit: number, at: Instant): Promise<boolean>;

  /** The token whose secret has this digest, in whatever state; undefined when there is none. */
  findByDigest(digest: string): Promise<Token | undefined>;

  /**
   * Replaces the owner's token by `change(token)` in one step. `change` leaves id, owner, digest and creation alone.
   * Resolves to undefined when the owner has no such token.
   */
  update(id: string, owner: Owner, change: (token: Token) => Token): Promise<Update | undefined>;

  /** One page of the owner's tokens; empty when there are none. */
  page(owner: Owner, query: PageQuery): Promise<Page>;

  /** Every token of the business, or of all, in no particular order. */
  all(businessId?: string): Promise<readonly Token[]>;

  /** Forgets every token of the business, or of all. Resolves to how many there were. */
  clear(businessId?: string): Promise<number>;

  /** How many tokens the owner has, with or without the revoked ones. */
  count(owner: Owner, includeRevoked: boolean): Promise<number>;
}

export interface Update {
  readonly before: Token;
  readonly after: Token;
}
