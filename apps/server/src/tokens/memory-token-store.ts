import type { Instant } from "./instant.ts";
import { isActive, type Owner, type Token } from "./token.ts";
import { type Page, type PageQuery, pageOf } from "./token-page.ts";
import { comparePosition, positionOf, type Sort } from "./token-sort.ts";
import type { TokenStore, Update } from "./token-store.ts";

const byCreation: Sort = { by: "created_at", descending: false };

/** Keeps tokens in memory: by id, by digest, and for each owner in the order of creation. */
export class MemoryTokenStore implements TokenStore {
  readonly #byId = new Map<string, Token>();
  readonly #idByDigest = new Map<string, string>();
  /** User, then business: the limit of active tokens is per user. */
  readonly #lists = new Map<string, Map<string, Token[]>>();

  async add(token: Token, limit: number, at: Instant): Promise<boolean> {
    if (limit > 0 && this.#hasActive(token.userId, limit, at)) return false;
    this.#byId.set(token.id, token);
    this.#idByDigest.set(token.digest, token.id);
    const list = this.#listToAddTo(token);
    list.splice(placeOf(token, list), 0, token);
    return true;
  }

  async findByDigest(digest: string): Promise<Token | undefined> {
    const id = this.#idByDigest.get(digest);
    return id === undefined ? undefined : this.#byId.get(id);
  }

  async update(id: string, owner: Owner, change: (token: Token) => Token): Promise<Update | undefined> {
    const before = this.#byId.get(id);
    if (before === undefined || before.userId !== owner.userId || before.businessId !== owner.businessId) {
      return undefined;
    }
    const after = change(before);
    if (after !== before) {
      this.#byId.set(id, after);
      const list = this.#listOf(owner);
      list[placeOf(before, list)] = after;
    }
    return { before, after };
  }

  async page(owner: Owner, query: PageQuery): Promise<Page> {
    return pageOf(this.#sorted(owner, query.sort), query);
  }

  async count(owner: Owner, includeRevoked: boolean): Promise<number> {
    const list = this.#listOf(owner);
    return includeRevoked ? list.length : list.filter((token) => token.revocation === null).length;
  }

  #hasActive(userId: string, limit: number, at: Instant): boolean {
    let active = 0;
    for (const list of this.#lists.get(userId)?.values() ?? []) {
      for (const token of list) {
        if (isActive(token, at)) active += 1;
        if (active >= limit) return true;
      }
    }
    return false;
  }

  #listOf({ userId, businessId }: Owner): Token[] {
    return this.#lists.get(userId)?.get(businessId) ?? [];
  }

  #listToAddTo({ userId, businessId }: Owner): Token[] {
    const ofUser = this.#lists.get(userId) ?? new Map<string, Token[]>();
    const list = ofUser.get(businessId) ?? [];
    this.#lists.set(userId, ofUser.set(businessId, list));
    return list;
  }

  #sorted(owner: Owner, { by }: Sort): readonly Token[] {
    const list = this.#listOf(owner);
    if (by === byCreation.by) return list;
    const sort = { by, descending: false };
    return list.toSorted((a, b) => comparePosition(a, positionOf(b, sort), sort));
  }
}

/** The index at which the token stands, or would stand. New tokens go to the end, so the search starts there. */
function placeOf(token: Token, list: readonly Token[]): number {
  const place = positionOf(token, byCreation);
  const last = list.at(-1);
  if (last === undefined || comparePosition(last, place, byCreation) < 0) return list.length;
  let [low, high] = [0, list.length - 1];
  while (low < high) {
    const middle = (low + high) >>> 1;
    const other = list[middle];
    if (other !== undefined && comparePosition(other, place, byCreation) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}
