import * as vitest from "vitest";
import { expect } from "vitest";
import { day } from "../tokens/instant.ts";
import { type Owner, revokeToken, type Token } from "../tokens/token.ts";
import type { Page, PageQuery } from "../tokens/token-page.ts";
import type { SortColumn } from "../tokens/token-sort.ts";
import type { TokenStore } from "../tokens/token-store.ts";
import { start, tokenWith } from "./any-token.ts";
import { type Registry, tokenStoreLaws } from "./token-store-laws.suite.ts";

/** What every {@link TokenStore} does, whatever it stands on. */
export function tokenStoreSuite(
  name: string,
  createStore: () => TokenStore | Promise<TokenStore>,
  { describe, test }: Registry = vitest,
): void {
  describe(name, () => {
    const revocation = { at: start, by: "a@example.com", reason: "lost" };
    const here: Owner = { userId: "user-1", businessId: "business-1" };
    const elsewhere: Owner = { userId: "user-1", businessId: "business-2" };
    const somebodyElse: Owner = { userId: "user-2", businessId: "business-1" };
    const everything: PageQuery = {
      sort: { by: "created_at", descending: false },
      limit: 1_000,
      includeRevoked: true,
      direction: "next",
    };

    async function storeWith(...tokens: Token[]): Promise<TokenStore> {
      const store = await createStore();
      for (const token of tokens) await store.add(token, 0, start);
      return store;
    }

    describe("adding", () => {
      test("keeps the token as it is, for its secret and for its owner", async () => {
        const store = await createStore();

        expect(await store.add(tokenWith(), 10, start)).toBe(true);

        expect(await store.findByDigest(tokenWith().digest)).toEqual(tokenWith());
        expect((await store.page(here, everything)).items).toEqual([tokenWith()]);
        expect(await store.all()).toEqual([tokenWith()]);
      });

      test("at the limit of active tokens stores nothing", async () => {
        const store = await storeWith(tokenWith({ id: "1" }), tokenWith({ id: "2" }));
        const third = tokenWith({ id: "3" });

        expect(await store.add(third, 2, start)).toBe(false);

        expect(await store.findByDigest(third.digest)).toBeUndefined();
        expect(await store.update("3", here, (token) => token)).toBeUndefined();
        expect((await store.page(here, everything)).items.map(({ id }) => id)).toEqual(["1", "2"]);
        expect(await store.count(here, true)).toBe(2);
        expect(await store.all()).toHaveLength(2);
      });

      test("counts the tokens of the user in every business, and nobody else's", async () => {
        const store = await storeWith(
          tokenWith({ id: "1", ...elsewhere }),
          tokenWith({ id: "2", ...elsewhere }),
          tokenWith({ id: "3", ...somebodyElse }),
        );

        expect(await store.add(tokenWith({ id: "4", ...here }), 2, start)).toBe(false);
        expect(await store.add(tokenWith({ id: "5", ...here }), 3, start)).toBe(true);
        expect(await store.add(tokenWith({ id: "6", ...somebodyElse }), 2, start)).toBe(true);
      });

      test("knows no limit where the limit is 0", async () => {
        const store = await createStore();
        const added = Array.from({ length: 30 }, (_, at) => store.add(tokenWith({ id: `${at}` }), 0, start));

        expect(new Set(await Promise.all(added))).toEqual(new Set([true]));
        expect(await store.count(here, true)).toBe(30);
      });

      test("lets no two at once take the last place", async () => {
        const store = await storeWith(tokenWith({ id: "1" }));
        const added = ["2", "3", "4"].map((id) => store.add(tokenWith({ id }), 2, start));

        expect((await Promise.all(added)).filter(Boolean)).toHaveLength(1);
        expect(await store.count(here, true)).toBe(2);
      });

      test("takes the place of a revoked token at once", async () => {
        const store = await storeWith(tokenWith({ id: "1" }));
        await store.update("1", here, (token) => revokeToken(token, revocation));

        expect(await store.add(tokenWith({ id: "2" }), 1, start)).toBe(true);
      });

      test("takes the place of an expired token at the very instant of its expiry", async () => {
        const store = await storeWith(tokenWith({ id: "1", expiresAt: start + day }));

        expect(await store.add(tokenWith({ id: "2" }), 1, start + day - 1)).toBe(false);
        expect(await store.add(tokenWith({ id: "2" }), 1, start + day)).toBe(true);
      });
    });

    describe("looking up", () => {
      test("a digest that is not there finds nothing", async () => {
        expect(await (await createStore()).findByDigest("nobody's")).toBeUndefined();
      });

      test("a secret finds its token in whatever state", async () => {
        const store = await storeWith(tokenWith({ expiresAt: start, revocation }));

        expect(await store.findByDigest(tokenWith().digest)).toEqual(tokenWith({ expiresAt: start, revocation }));
      });
    });

    describe("updating", () => {
      test("answers with the token before and after, and keeps what is after", async () => {
        const store = await storeWith(tokenWith());
        const after = revokeToken(tokenWith(), revocation);

        expect(await store.update("token-1", here, (token) => revokeToken(token, revocation))).toEqual({
          before: tokenWith(),
          after,
        });

        expect(await store.findByDigest(tokenWith().digest)).toEqual(after);
        expect((await store.page(here, everything)).items).toEqual([after]);
      });

      const others: [string, Owner][] = [
        ["another business of the same user", elsewhere],
        ["another user of the same business", somebodyElse],
      ];
      for (const [whose, owner] of others) {
        test(`finds nothing for ${whose}, and changes nothing`, async () => {
          const store = await storeWith(tokenWith());

          expect(await store.update("token-1", owner, (token) => revokeToken(token, revocation))).toBeUndefined();

          expect(await store.findByDigest(tokenWith().digest)).toEqual(tokenWith());
          expect((await store.page(owner, everything)).items).toEqual([]);
          expect(await store.count(owner, true)).toBe(0);
        });
      }

      test("of two revocations at once, the first stands", async () => {
        const store = await storeWith(tokenWith());
        const revoke = (by: string) =>
          store.update("token-1", here, (token) => revokeToken(token, { ...revocation, by }));

        const [first, second] = await Promise.all([revoke("first@example.com"), revoke("second@example.com")]);

        expect(first?.after.revocation?.by).toBe("first@example.com");
        expect(second?.before.revocation?.by).toBe("first@example.com");
        expect(second?.after.revocation?.by).toBe("first@example.com");
      });
    });

    describe("listing", () => {
      // They are neither added nor named in any of the orders, and id 1 and 2 stand otherwise in UTF-16.
      const tokens = [
        tokenWith({ id: "1", name: "🙂", createdAt: start + 3, expiresAt: null, lastUsedAt: start + 1 }),
        tokenWith({ id: "2", name: "Ａ", createdAt: start + 1, expiresAt: start + 2, lastUsedAt: null }),
        tokenWith({ id: "3", name: "a", createdAt: start + 4, expiresAt: start + 1, lastUsedAt: start + 2 }),
        tokenWith({ id: "4", name: "B", createdAt: start + 2, expiresAt: null, lastUsedAt: null }),
      ];
      const orders: [SortColumn, string, string][] = [
        ["created_at", "by their moments, in whatever order they were added", "2413"],
        ["name", "by code point", "4321"],
        ["expires_at", "by their moments, and null behind all of them", "3214"],
        ["last_used_at", "by their moments, and null behind all of them", "1324"],
      ];
      for (const [by, how, ascending] of orders) {
        test(`by ${by} tokens stand ${how}, in one page and in several, both ways round`, async () => {
          const store = await storeWith(...tokens);

          for (const descending of [false, true]) {
            const query = { ...everything, sort: { by, descending } };
            const order = descending ? [...ascending].toReversed().join("") : ascending;
            expect(idsOf(await store.page(here, query))).toBe(order);
            const first = await store.page(here, { ...query, limit: 3 });
            expect(idsOf(first)).toBe(order.slice(0, 3));
            const { next: from } = first;
            expect(from && idsOf(await store.page(here, { ...query, limit: 3, from }))).toBe(order.slice(3));
            const last = await store.page(here, { ...query, limit: 3, direction: "prev" });
            expect(idsOf(last)).toBe(order.slice(1));
          }
        });
      }
    });

    describe("forgetting", () => {
      const one = tokenWith({ id: "1", ...here });
      const two = tokenWith({ id: "2", ...elsewhere });
      const three = tokenWith({ id: "3", ...somebodyElse });

      test("a business takes every token in it along, whoever's it is, and leaves the others", async () => {
        const store = await storeWith(one, two, three);

        expect(await store.clear(here.businessId)).toBe(2);

        expect(await store.all()).toEqual([two]);
        expect(await store.all(here.businessId)).toEqual([]);
        expect(await store.findByDigest(one.digest)).toBeUndefined();
        expect(await store.count(here, true)).toBe(0);
        expect((await store.page(elsewhere, everything)).items).toEqual([two]);
      });

      test("a business frees the places of its tokens", async () => {
        const store = await storeWith(one);
        await store.clear(here.businessId);

        expect(await store.add(two, 1, start)).toBe(true);
      });

      test("everything leaves nothing", async () => {
        const store = await storeWith(one, two, three);

        expect(await store.clear()).toBe(3);

        expect(await store.all()).toEqual([]);
        expect(await store.clear()).toBe(0);
      });
    });

    describe("always", () => tokenStoreLaws(createStore, { describe, test }));
  });
}

const idsOf = ({ items }: Page) => items.map(({ id }) => id).join("");
