import type { Instant } from "./instant.ts";
import { isActive, type Owner, type Token } from "./token.ts";
import { type Page, type PageQuery, pageOf } from "./token-page.ts";
import { comparePosition, positionOf, type Sort } from "./token-sort.ts";
import type { TokenStore, Update } from "./token-store.ts";

const byCreation: Sort = { by: "created_at", descending: false };

/** Keeps tokens in memory: by id, by digest, and for each owner in the order of creation. */
export class MemoryTokenStore implements TokenStore {
  #byId = new Map<string, Token>();
  #idByDigest = new Map<string, string>();
  /** Business, then user. */
  #lists = new Map<string, Map<string, Token[]>>();
  /** The limit of active tokens is per user, in whatever business. */
  #businessesOf = new Map<string, Set<string>>();

  async add(token: Token, limit: number, at: Instant): Promise<boolean> {
    if (limit > 0 && this.#hasActive(token.userId, limit, at)) return false;
    this.#byId.set(token.id, token);
    this.#idByDigest.set(token.digest, token.id);
    const list = this.#listToAddTo(token);
    const place = placeOf(token, list);
    if (place === list.length) list.push(token);
    else list.splice(place, 0, token);
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

  async all(businessId?: string): Promise<readonly Token[]> {
    if (businessId === undefined) return [...this.#byId.values()];
    return [...(this.#lists.get(businessId)?.values() ?? [])].flat();
  }

  async clear(businessId?: string): Promise<number> {
    if (businessId === undefined) {
      const count = this.#byId.size;
      this.#byId = new Map();
      this.#idByDigest = new Map();
      this.#lists = new Map();
      this.#businessesOf = new Map();
      return count;
    }
    const tokens = await this.all(businessId);
    for (const token of tokens) {
      this.#byId.delete(token.id);
      this.#idByDigest.delete(token.digest);
      this.#businessesOf.get(token.userId)?.delete(businessId);
    }
    this.#lists.delete(businessId);
    return tokens.length;
  }

  #hasActive(userId: string, limit: number, at: Instant): boolean {
    let active = 0;
    for (const businessId of this.#businessesOf.get(userId) ?? []) {
      for (const token of this.#listOf({ userId, businessId })) {
        if (isActive(token, at)) active += 1;
        if (active >= limit) return true;
      }
    }
    return false;
  }

  #listOf({ userId, businessId }: Owner): Token[] {
    return this.#lists.get(businessId)?.get(userId) ?? [];
  }

  #listToAddTo({ userId, businessId }: Owner): Token[] {
    const known = this.#lists.get(businessId)?.get(userId);
    if (known !== undefined) return known;
    const list: Token[] = [];
    const ofBusiness = this.#lists.get(businessId) ?? new Map<string, Token[]>();
    this.#lists.set(businessId, ofBusiness.set(userId, list));
    this.#businessesOf.set(userId, (this.#businessesOf.get(userId) ?? new Set()).add(businessId));
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
