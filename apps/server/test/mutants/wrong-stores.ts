import { MemoryTokenStore } from "../../src/state/memory/memory-token-store.ts";
import { isActive, type Owner, type Token } from "../../src/tokens/token.ts";
import { type PageQuery, pageOf } from "../../src/tokens/token-page.ts";
import { type SortColumn, sortKey } from "../../src/tokens/token-sort.ts";

export type Compare = (a: Token, b: Token, by: SortColumn) => number;

/** Has an order of its own, and cuts pages out of it as if it were the right one. */
export const sortedBy = (compare: Compare) =>
  class extends MemoryTokenStore {
    override async page(owner: Owner, query: PageQuery) {
      const own = (await this.all()).filter((token) => isSame(token, owner));
      return pageOf(
        own.toSorted((a, b) => compare(a, b, query.sort.by)),
        query,
      );
    }
  };

/** Compares what is no null by `compare`, puts null at the end, and ids where two are alike. */
export const comparing =
  (compare: (a: string | number, b: string | number) => number, nullsAt: 1 | -1 = 1): Compare =>
  (a, b, by) => {
    const [one, other] = [sortKey(a, by), sortKey(b, by)];
    const nulls = (Number(one === null) - Number(other === null)) * nullsAt;
    return nulls || (one !== null && other !== null && compare(one, other)) || (a.id < b.id ? -1 : 1);
  };

export const byUnit = (a: string | number, b: string | number) => (a < b ? -1 : a > b ? 1 : 0);
export const asPeopleWould = (a: string | number, b: string | number) =>
  typeof a === "string" ? a.localeCompare(String(b), "en") : byUnit(a, b);

/** Counts against the limit the active tokens that `counts` says. */
export const limitedBy = (counts: (token: Token, wanted: Token) => boolean) =>
  class extends MemoryTokenStore {
    override async add(token: Token, limit: number, at: number) {
      const active = (await this.all()).filter((each) => isActive(each, at) && counts(each, token));
      return limit > 0 && active.length >= limit ? false : super.add(token, 0, at);
    }
  };

/** Cuts the page first, and sorts what is in it. */
export class SortsThePage extends MemoryTokenStore {
  override async page(owner: Owner, query: PageQuery) {
    const cut = await super.page(owner, { ...query, sort: { ...query.sort, by: "created_at" } });
    const sorted = cut.items.toSorted((a, b) => comparing(byUnit)(a, b, query.sort.by));
    return { ...cut, items: query.sort.descending ? sorted.toReversed() : sorted };
  }
}

/** Forgets where it was in any order but that of creation. */
export class LosesItsPlace extends MemoryTokenStore {
  override page(owner: Owner, { from, ...query }: PageQuery) {
    return super.page(owner, from && query.sort.by === "created_at" ? { ...query, from } : query);
  }
}

/** Pages by the column alone: of those that are alike, what did not fit is lost. */
export class SkipsTies extends MemoryTokenStore {
  override page(owner: Owner, query: PageQuery) {
    const isForward = (query.direction === "next") !== query.sort.descending;
    return super.page(owner, query.from ? { ...query, from: { ...query.from, id: isForward ? "~" : "" } } : query);
  }
}

export class ForgetsTheUser extends MemoryTokenStore {
  override async update(id: string, owner: Owner, change: (token: Token) => Token) {
    const token = (await this.all(owner.businessId)).find((each) => each.id === id);
    return super.update(id, token ?? owner, change);
  }
}

export class ForgetsTheBusiness extends MemoryTokenStore {
  override async update(id: string, owner: Owner, change: (token: Token) => Token) {
    const token = (await this.all()).find((each) => each.id === id && each.userId === owner.userId);
    return super.update(id, token ?? owner, change);
  }
}

export const isSame = (a: Owner, b: Owner) => a.userId === b.userId && a.businessId === b.businessId;
