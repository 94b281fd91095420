import fc from "fast-check";
import { expect } from "vitest";
import { day } from "../tokens/instant.ts";
import { isActive, type Owner, revokeToken, type Token, touchToken } from "../tokens/token.ts";
import type { Page, PageQuery } from "../tokens/token-page.ts";
import { comparePosition, type Position, positionOf, type Sort, sortColumns } from "../tokens/token-sort.ts";
import type { TokenStore } from "../tokens/token-store.ts";
import { anyToken, start } from "./any-token.ts";

/** Takes the tests of a suite: Vitest does, and whoever runs them against a store that is wrong. */
export interface Registry {
  describe(name: string, register: () => void): void;
  test(name: string, run: () => Promise<void>): void;
}

/** What holds of every {@link TokenStore}, whatever is done to it. */
export function tokenStoreLaws(
  createStore: () => TokenStore | Promise<TokenStore>,
  { describe, test }: Registry,
): void {
  const revocation = { at: start, by: "a@example.com", reason: "lost" };
  const here: Owner = { userId: "user-1", businessId: "business-1" };
  const elsewhere: Owner = { userId: "user-1", businessId: "business-2" };
  const somebodyElse: Owner = { userId: "user-2", businessId: "business-1" };
  const anyOwner = fc.constantFrom(here, elsewhere, somebodyElse);
  const anySort = fc.record({ by: fc.constantFrom(...sortColumns), descending: fc.boolean() });
  const anyWalk = fc.record({
    sort: anySort,
    limit: fc.integer({ min: 1, max: 5 }),
    includeRevoked: fc.boolean(),
    direction: fc.constantFrom("next", "prev"),
  });

  test("the life of tokens goes as in a model of a few lines", async () => {
    const commands = [
      fc.record({ owner: anyOwner, make: anyToken, limit: fc.nat(4) }).map(({ owner, make, limit }) =>
        command(`add(${JSON.stringify({ ...make("?"), ...owner })}, ${limit})`, async (model, store) => {
          const token = { ...make(model.newId()), ...owner };
          const active = model.tokens.filter((each) => each.userId === owner.userId && isActive(each, model.now));
          const isAdded = limit === 0 || active.length < limit;
          expect(await store.add(token, limit, model.now)).toBe(isAdded);
          if (isAdded) model.tokens.push(token);
        }),
      ),
      fc
        .record({ owner: anyOwner, at: fc.nat(20), change: fc.constantFrom("revoke", "touch") })
        .map(({ owner, at, change }) =>
          command(`${change}(${at}, ${JSON.stringify(owner)})`, async (model, store) => {
            const index = model.tokens.length === 0 ? -1 : at % model.tokens.length;
            const before = model.tokens[index];
            const make = (token: Token) =>
              change === "touch" ? touchToken(token, model.now) : revokeToken(token, { ...revocation, at: model.now });
            const update = await store.update(before?.id ?? "nobody's", owner, make);
            if (before === undefined || !isOf(owner)(before)) return expect(update).toBeUndefined();
            const after = make(before);
            expect(update).toEqual({ before, after });
            model.tokens[index] = after;
          }),
        ),
      fc.nat(3).map((days) =>
        command(`pass(${days} days)`, async (model) => {
          model.now += days * day;
        }),
      ),
      fc.constantFrom(here.businessId, elsewhere.businessId).map((businessId) =>
        command(`clear(${businessId})`, async (model, store) => {
          const kept = model.tokens.filter((token) => token.businessId !== businessId);
          expect(await store.clear(businessId)).toBe(model.tokens.length - kept.length);
          model.tokens = kept;
        }),
      ),
      fc
        .record({
          owner: anyOwner,
          query: anyWalk,
          from: fc.option(fc.tuple(fc.nat(20), fc.boolean()), { nil: undefined }),
        })
        .map(({ owner, query, from }) =>
          command(`page(${JSON.stringify({ owner, query, from })})`, async (model, store) => {
            const place = from === undefined ? undefined : model.tokens[from[0]];
            const position = place && { ...positionOf(place, query.sort), ...(from?.[1] && { inclusive: true }) };
            const page = await store.page(owner, { ...query, ...(position && { from: position }) });
            expect(shapeOf(page)).toEqual(expectedPage(model.tokens.filter(isOf(owner)), query, position));
            const shown = model.tokens.filter(isOf(owner)).filter(isShown(query.includeRevoked));
            expect(await store.count(owner, query.includeRevoked)).toBe(shown.length);
          }),
        ),
    ];
    await fc.assert(
      fc.asyncProperty(fc.commands(commands, { maxCommands: 40, size: "max" }), async (commands) => {
        const store = await createStore();
        const model = new Model();
        await fc.asyncModelRun(() => ({ model, real: store }), commands);
        for (const token of model.tokens) expect(await store.findByDigest(token.digest)).toEqual(token);
        expect((await store.all()).toSorted(byId)).toEqual(model.tokens.toSorted(byId));
      }),
      { numRuns: 60 },
    );
  });

  describe("paging", () => {
    const anyList = fc.array(anyToken, { maxLength: 25, size: "max" }).map(withScatteredIds);

    test("gives the sorted list exactly once, for any limit, sort and direction", async () => {
      await fc.assert(
        fc.asyncProperty(anyList, anyWalk, async (tokens, query) => {
          const store = await createStore();
          for (const token of tokens) await store.add(token, 0, start);
          const pages = await walk(store, query);
          const inOrder = query.direction === "next" ? pages : pages.toReversed();
          expect(inOrder.flat()).toEqual(sorted(tokens, query.sort).filter(isShown(query.includeRevoked)));
        }),
        { numRuns: 60 },
      );
    });

    test("neither skips nor repeats while tokens come and are revoked between the pages", async () => {
      const anyEvents = fc.array(fc.array(fc.oneof(anyToken, fc.nat(40)), { maxLength: 4 }), {
        maxLength: 12,
        size: "max",
      });
      await fc.assert(
        fc.asyncProperty(anyList, anyWalk, anyEvents, async (tokens, query, events) => {
          const store = await createStore();
          for (const token of tokens) await store.add(token, 0, start);
          const pages = await walk(store, query, async (page) => {
            for (const [n, event] of (events[page] ?? []).entries()) {
              if (typeof event === "function") await store.add(event(`new-${page}-${n}`), 0, start);
              else await store.update(tokens[event]?.id ?? "", here, (token) => revokeToken(token, revocation));
            }
          });

          const seen = pages.flat().map(({ id }) => id);
          const last = await store.all();
          const throughout = tokens.filter(({ id }) =>
            last.filter(isShown(query.includeRevoked)).some((token) => token.id === id),
          );
          expect(new Set(seen).size).toBe(seen.length);
          expect(throughout.map(({ id }) => id).filter((id) => !seen.includes(id))).toEqual([]);
        }),
        { numRuns: 60 },
      );
    });

    /** Every page from the first one to where there is no more, with something happening behind each. */
    async function walk(
      store: TokenStore,
      query: Omit<PageQuery, "from">,
      happens: (page: number) => Promise<void> = async () => {},
    ): Promise<(readonly Token[])[]> {
      const pages: Page[] = [await store.page(here, query)];
      for (
        let from = pages[0]?.[query.direction];
        from !== undefined && pages.length < 100;
        from = pages.at(-1)?.[query.direction]
      ) {
        await happens(pages.length - 1);
        pages.push(await store.page(here, { ...query, from }));
      }
      return pages.map(({ items }) => items);
    }
  });
}

/** What the store is held against: a list, and the time. */
class Model {
  tokens: Token[] = [];
  now = start;
  #created = 0;

  newId(): string {
    this.#created += 1;
    return scattered(this.#created);
  }
}

type Command = fc.AsyncCommand<Model, TokenStore>;

const command = (name: string, run: Command["run"]): Command => ({ check: () => true, run, toString: () => name });

/** An id that says nothing of the order in which ids were made. */
const scattered = (n: number) => `token-${(n * 7_919) % 10_007}`;

const withScatteredIds = (makers: readonly ((id: string) => Token)[]) => makers.map((make, at) => make(scattered(at)));

const isOf =
  ({ userId, businessId }: Owner) =>
  (token: Token) =>
    token.userId === userId && token.businessId === businessId;

const isShown = (includeRevoked: boolean) => (token: Token) => includeRevoked || token.revocation === null;

const byId = (a: Token, b: Token) => (a.id < b.id ? -1 : 1);

const sorted = (tokens: readonly Token[], sort: Sort) =>
  tokens.toSorted((a, b) => comparePosition(a, positionOf(b, sort), sort));

const shapeOf = ({ items, next, prev }: Page) => ({ items, hasNext: next !== undefined, hasPrev: prev !== undefined });

/** A page the slow way: sort everything, and look at each. */
function expectedPage(
  tokens: readonly Token[],
  { sort, limit, includeRevoked, direction }: Omit<PageQuery, "from">,
  from: Position | undefined,
) {
  const shown = sorted(tokens, sort).filter(isShown(includeRevoked));
  const isBefore = (token: Token) => {
    if (from === undefined) return direction === "prev";
    const order = comparePosition(token, from, sort);
    return order < 0 || (order === 0 && (direction === "next") !== (from.inclusive === true));
  };
  const edge = shown.filter(isBefore).length;
  const [first, end] = direction === "next" ? [edge, edge + limit] : [Math.max(0, edge - limit), edge];
  return { items: shown.slice(first, end), hasNext: end < shown.length, hasPrev: first > 0 };
}
