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
const compareKeys = (a: SortKey, b: SortKey): number =>
  a === null || b === null ? Number(a === null) - Number(b === null) : compare(a, b);

const compare = <T extends string | number>(a: T, b: T): number => (a < b ? -1 : a > b ? 1 : 0);
