import fc from "fast-check";
import { expect, test } from "vitest";
import { MemoryTokenStore } from "./memory-token-store.ts";
import { isActive, type Owner, type Token } from "./token.ts";
import { type PageQuery, pageOf } from "./token-page.ts";
import { type SortColumn, sortKey } from "./token-sort.ts";
import { tokenStoreSuite } from "./token-store.suite.ts";

// A counterexample that is found is enough here: nobody reads it.
fc.configureGlobal({ endOnFailure: true });

/** The suite's tests of a store, by name. */
function testsOf(Store: new () => MemoryTokenStore): Map<string, () => Promise<void>> {
  const tests = new Map<string, () => Promise<void>>();
  tokenStoreSuite("a store", () => new Store(), {
    describe: (_, register) => register(),
    test: (name, run) => void tests.set(name, run),
  });
  return tests;
}

type Compare = (a: Token, b: Token, by: SortColumn) => number;

/** Has an order of its own, and cuts pages out of it as if it were the right one. */
const sortedBy = (compare: Compare) =>
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
const comparing =
  (compare: (a: string | number, b: string | number) => number, nullsAt: 1 | -1 = 1): Compare =>
  (a, b, by) => {
    const [one, other] = [sortKey(a, by), sortKey(b, by)];
    const nulls = (Number(one === null) - Number(other === null)) * nullsAt;
    return nulls || (one !== null && other !== null && compare(one, other)) || (a.id < b.id ? -1 : 1);
  };

const byUnit = (a: string | number, b: string | number) => (a < b ? -1 : a > b ? 1 : 0);
const asPeopleWould = (a: string | number, b: string | number) =>
  typeof a === "string" ? a.localeCompare(String(b), "en") : byUnit(a, b);

/** Counts against the limit the active tokens that `counts` says. */
const limitedBy = (counts: (token: Token, wanted: Token) => boolean) =>
  class extends MemoryTokenStore {
    override async add(token: Token, limit: number, at: number) {
      const active = (await this.all()).filter((each) => isActive(each, at) && counts(each, token));
      return limit > 0 && active.length >= limit ? false : super.add(token, 0, at);
    }
  };

/** Cuts the page first, and sorts what is in it. */
class SortsThePage extends MemoryTokenStore {
  override async page(owner: Owner, query: PageQuery) {
    const cut = await super.page(owner, { ...query, sort: { ...query.sort, by: "created_at" } });
    const sorted = cut.items.toSorted((a, b) => comparing(byUnit)(a, b, query.sort.by));
    return { ...cut, items: query.sort.descending ? sorted.toReversed() : sorted };
  }
}

/** Forgets where it was in any order but that of creation. */
class LosesItsPlace extends MemoryTokenStore {
  override page(owner: Owner, { from, ...query }: PageQuery) {
    return super.page(owner, from && query.sort.by === "created_at" ? { ...query, from } : query);
  }
}

/** Pages by the column alone: of those that are alike, what did not fit is lost. */
class SkipsTies extends MemoryTokenStore {
  override page(owner: Owner, query: PageQuery) {
    const isForward = (query.direction === "next") !== query.sort.descending;
    return super.page(owner, query.from ? { ...query, from: { ...query.from, id: isForward ? "~" : "" } } : query);
  }
}

class ForgetsTheUser extends MemoryTokenStore {
  override async update(id: string, owner: Owner, change: (token: Token) => Token) {
    const token = (await this.all(owner.businessId)).find((each) => each.id === id);
    return super.update(id, token ?? owner, change);
  }
}

class ForgetsTheBusiness extends MemoryTokenStore {
  override async update(id: string, owner: Owner, change: (token: Token) => Token) {
    const token = (await this.all()).find((each) => each.id === id && each.userId === owner.userId);
    return super.update(id, token ?? owner, change);
  }
}

const counting = "counts the tokens of the user in every business, and nobody else's";
const byName = "by name tokens stand by code point, in one page and in several, both ways round";
const byCreation =
  "by created_at tokens stand by their moments, in whatever order they were added, in one page and in several, both ways round";
const byExpiry =
  "by expires_at tokens stand by their moments, and null behind all of them, in one page and in several, both ways round";
const whole = "gives the sorted list exactly once, for any limit, sort and direction";
const model = "the life of tokens goes as in a model of a few lines";

const wrong: [what: string, refusal: string, Store: new () => MemoryTokenStore][] = [
  ["has a limit for each user in each business", counting, limitedBy((each, wanted) => isSame(each, wanted))],
  ["has a limit for each business", counting, limitedBy((each, { businessId }) => each.businessId === businessId)],
  ["has one limit for everybody", counting, limitedBy(() => true)],
  ["sorts names by UTF-16 unit", byName, sortedBy(comparing(byUnit))],
  ["sorts names by UTF-16 unit", whole, sortedBy(comparing(byUnit))],
  ["sorts names as people would", byName, sortedBy(comparing(asPeopleWould))],
  ["puts null before everything", byExpiry, sortedBy(comparing(byUnit, -1))],
  ["keeps tokens in the order in which they were added", byCreation, sortedBy(() => 0)],
  ["sorts by creation alone", byExpiry, sortedBy((a, b) => comparing(byUnit)(a, b, "created_at"))],
  ["cuts its pages before it sorts them", byExpiry, SortsThePage],
  ["loses its place in any order but that of creation", byExpiry, LosesItsPlace],
  ["skips what is tied with the end of a page", whole, SkipsTies],
  [
    "lets another user change a token",
    "finds nothing for another user of the same business, and changes nothing",
    ForgetsTheUser,
  ],
  [
    "lets a user change a token from another business",
    "finds nothing for another business of the same user, and changes nothing",
    ForgetsTheBusiness,
  ],
  ["lets another user change a token", model, ForgetsTheUser],
];

test.each(wrong)("a store that %s is refused: “%s”", async (_, refusal, Store) => {
  const run = testsOf(Store).get(refusal);

  await expect(run?.()).rejects.toThrow(/^expected|^Property failed/);
});

test("the tests that refuse them pass for the store that is right", async () => {
  const tests = testsOf(MemoryTokenStore);

  for (const refusal of new Set(wrong.map(([, refusal]) => refusal))) await tests.get(refusal)?.();
});

const isSame = (a: Owner, b: Owner) => a.userId === b.userId && a.businessId === b.businessId;
