import type { Token } from "./token.ts";

/** The columns that a list can be sorted by. */
export const sortColumns = ["created_at", "name", "expires_at", "last_used_at"] as const;
export type SortColumn = (typeof sortColumns)[number];

/** An order of tokens. Ties are broken by id, so that it is total. */
export interface Sort {
  readonly by: SortColumn;
  readonly descending: boolean;
}

export type SortKey = string | number | null;

/** A place in a sorted list, named by a token that need not be there any more. `inclusive`: the token itself counts. */
export interface Position {
  readonly key: SortKey;
  readonly id: string;
  readonly inclusive?: boolean;
}

export const sortKey = (token: Token, by: SortColumn): SortKey => {
  switch (by) {
    case "created_at":
      return token.createdAt;
    case "name":
      return token.name;
    case "expires_at":
      return token.expiresAt;
    case "last_used_at":
      return token.lastUsedAt;
  }
};

/** Negative where the token stands before the position in the given order, 0 where it stands on it. */
export function comparePosition(token: Token, { key, id }: Position, { by, descending }: Sort): number {
  const ascending = compareKeys(sortKey(token, by), key) || compare(token.id, id);
  return descending ? -ascending : ascending;
}

export const positionOf = (token: Token, { by }: Sort): Position => ({ key: sortKey(token, by), id: token.id });

/** A null is greater than everything, as PostgreSQL has it: last when ascending, first when descending. */
function compareKeys(a: SortKey, b: SortKey): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null);
  return typeof a === "string" && typeof b === "string" ? compareText(a, b) : compare(a, b);
}

/** By code point, as Python and PostgreSQL's "C" collation have it. */
function compareText(a: string, b: string): number {
  const shared = Math.min(a.length, b.length);
  for (let at = 0; at < shared; at += 1) {
    const one = a.charCodeAt(at);
    const other = b.charCodeAt(at);
    if (one !== other) return rank(one) - rank(other);
  }
  return a.length - b.length;
}

/** In UTF-16 the surrogates, of which the last code points are made, stand before U+E000 to U+FFFF. */
const rank = (unit: number) => (unit >= 0xd800 && unit < 0xe000 ? unit + 0x10000 : unit);

const compare = <T extends string | number>(a: T, b: T): number => (a < b ? -1 : a > b ? 1 : 0);
