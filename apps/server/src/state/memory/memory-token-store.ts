import type { Instant } from "../../tokens/instant.ts";
import { isActive, type Owner, type Token } from "../../tokens/token.ts";
import { type Ascending, type Page, type PageQuery, pageOf } from "../../tokens/token-page.ts";
import { comparePosition, positionOf, type Sort } from "../../tokens/token-sort.ts";
import type { TokenStore, Update } from "../../tokens/token-store.ts";

const byCreation: Sort = { by: "created_at", descending: false };

/** Where a token is kept. What it is replaced by is put there too, and nothing has to be looked for again. */
interface Place {
  token: Token;
}

/** Keeps tokens in memory: by id, by digest, and for each owner in the order of creation. */
export class MemoryTokenStore implements TokenStore {
  #byId = new Map<string, Place>();
  #byDigest = new Map<string, Place>();
  /** Business, then user. */
  #lists = new Map<string, Map<string, Place[]>>();
  /** The limit of active tokens is per user, in whatever business. */
  #businessesOf = new Map<string, Set<string>>();

  async add(token: Token, limit: number, at: Instant): Promise<boolean> {
    if (limit > 0 && this.#hasActive(token.userId, limit, at)) return false;
    const place = { token };
    this.#byId.set(token.id, place);
    this.#byDigest.set(token.digest, place);
    const list = this.#listToAddTo(token);
    const index = indexOf(token, list);
    if (index === list.length) list.push(place);
    else list.splice(index, 0, place);
    return true;
  }

  async findByDigest(digest: string): Promise<Token | undefined> {
    return this.#byDigest.get(digest)?.token;
  }

  async update(id: string, owner: Owner, change: (token: Token) => Token): Promise<Update | undefined> {
    const place = this.#byId.get(id);
    const before = place?.token;
    if (
      place === undefined ||
      before === undefined ||
      before.userId !== owner.userId ||
      before.businessId !== owner.businessId
    ) {
      return undefined;
    }
    const after = change(before);
    place.token = after;
    return { before, after };
  }

  async page(owner: Owner, query: PageQuery): Promise<Page> {
    return pageOf(this.#sorted(owner, query.sort), query);
  }

  async count(owner: Owner, includeRevoked: boolean): Promise<number> {
    const list = this.#listOf(owner);
    return includeRevoked ? list.length : list.filter(({ token }) => token.revocation === null).length;
  }

  async all(businessId?: string): Promise<readonly Token[]> {
    if (businessId === undefined) return Array.from(this.#byId.values(), ({ token }) => token);
    return [...(this.#lists.get(businessId)?.values() ?? [])].flat().map(({ token }) => token);
  }

  async clear(businessId?: string): Promise<number> {
    if (businessId === undefined) {
      const count = this.#byId.size;
      this.#byId = new Map();
      this.#byDigest = new Map();
      this.#lists = new Map();
      this.#businessesOf = new Map();
      return count;
    }
    const tokens = await this.all(businessId);
    for (const token of tokens) {
      this.#byId.delete(token.id);
      this.#byDigest.delete(token.digest);
    }
    for (const userId of this.#lists.get(businessId)?.keys() ?? []) {
      const businesses = this.#businessesOf.get(userId);
      businesses?.delete(businessId);
      if (businesses?.size === 0) this.#businessesOf.delete(userId);
    }
    this.#lists.delete(businessId);
    return tokens.length;
  }

  #hasActive(userId: string, limit: number, at: Instant): boolean {
    let active = 0;
    for (const businessId of this.#businessesOf.get(userId) ?? []) {
      for (const { token } of this.#listOf({ userId, businessId })) {
        if (isActive(token, at)) active += 1;
        if (active >= limit) return true;
      }
    }
    return false;
  }

  #listOf({ userId, businessId }: Owner): Place[] {
    return this.#lists.get(businessId)?.get(userId) ?? [];
  }

  #listToAddTo({ userId, businessId }: Owner): Place[] {
    const known = this.#lists.get(businessId)?.get(userId);
    if (known !== undefined) return known;
    const list: Place[] = [];
    const ofBusiness = this.#lists.get(businessId) ?? new Map<string, Place[]>();
    this.#lists.set(businessId, ofBusiness.set(userId, list));
    this.#businessesOf.set(userId, (this.#businessesOf.get(userId) ?? new Set()).add(businessId));
    return list;
  }

  #sorted(owner: Owner, { by }: Sort): Ascending {
    const list = this.#listOf(owner);
    if (by === byCreation.by) return { length: list.length, at: (index) => list[index]?.token };
    const sort = { by, descending: false };
    return list.map(({ token }) => token).sort((a, b) => comparePosition(a, positionOf(b, sort), sort));
  }
}

/** The index at which the token would stand. New tokens go to the end, so the search starts there. */
function indexOf(token: Token, list: readonly Place[]): number {
  const position = positionOf(token, byCreation);
  const last = list.at(-1);
  if (last === undefined || comparePosition(last.token, position, byCreation) < 0) return list.length;
  let [low, high] = [0, list.length - 1];
  while (low < high) {
    const middle = (low + high) >>> 1;
    const other = list[middle];
    if (other !== undefined && comparePosition(other.token, position, byCreation) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}
