import type { Token } from "./token.ts";
import { comparePosition, type Position, positionOf, type Sort } from "./token-sort.ts";

/** Which part of a list is wanted. */
export interface PageQuery {
  readonly sort: Sort;
  readonly limit: number;
  readonly includeRevoked: boolean;
  /** Tokens behind `from` (next) or before it (prev); without a position, from the start or from the end. */
  readonly direction: "next" | "prev";
  readonly from?: Position;
}

/** A page in the order of its sort, whatever the direction it was walked in. */
export interface Page {
  readonly items: readonly Token[];
  /** Where the page behind this one starts; undefined when nothing is there. */
  readonly next: Position | undefined;
  /** Where the page before this one ends; undefined when nothing is there. */
  readonly prev: Position | undefined;
}

/** Tokens in the ascending order of a column. */
export interface Ascending {
  readonly length: number;
  at(index: number): Token | undefined;
}

/**
 * Cuts a page out of tokens that stand in the ascending order of `query.sort.by`. A position names a place and no
 * token, so tokens that come or go while somebody pages are neither skipped nor shown twice.
 */
export function pageOf(ascending: Ascending, query: PageQuery): Page {
  const { sort, limit, includeRevoked, direction, from } = query;
  const count = ascending.length;
  // Everything below counts in the order of the sort: the n-th token of a descending sort is the n-th from the end.
  const at = (n: number) => ascending.at(sort.descending ? count - 1 - n : n);
  const isShown = (token: Token | undefined) => token !== undefined && (includeRevoked || token.revocation === null);
  const nearest = (start: number, step: 1 | -1) => {
    let n = start;
    while (n >= 0 && n < count && !isShown(at(n))) n += step;
    return n >= 0 && n < count;
  };

  const edge = from === undefined ? (direction === "next" ? 0 : count) : edgeAt(at, count, from, query);
  const step = direction === "next" ? 1 : -1;
  const items: Token[] = [];
  let n = direction === "next" ? edge : edge - 1;
  for (; n >= 0 && n < count && items.length < limit; n += step) {
    const token = at(n);
    if (token !== undefined && isShown(token)) items.push(token);
  }
  if (direction === "prev") items.reverse();

  const [behind, before] = direction === "next" ? [n, edge - 1] : [edge, n];
  const [first, last] = [items[0], items.at(-1)];
  // From an empty page the way back includes exactly what the way here left out.
  const back = from && { ...from, inclusive: from.inclusive !== true };
  const next = last === undefined ? back : positionOf(last, sort);
  const prev = first === undefined ? back : positionOf(first, sort);
  return { items, next: nearest(behind, 1) ? next : undefined, prev: nearest(before, -1) ? prev : undefined };
}

/** How many tokens stand before the page's edge: a binary search. */
function edgeAt(at: (n: number) => Token | undefined, count: number, from: Position, { sort, direction }: PageQuery) {
  const standsBefore = (direction === "next") !== (from.inclusive === true);
  let [low, high] = [0, count];
  while (low < high) {
    const middle = (low + high) >>> 1;
    const token = at(middle);
    const order = token === undefined ? 1 : comparePosition(token, from, sort);
    if (order < 0 || (order === 0 && standsBefore)) low = middle + 1;
    else high = middle;
  }
  return low;
}
