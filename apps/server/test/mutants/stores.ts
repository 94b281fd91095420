import { MemoryTokenStore } from "../../src/state/memory/memory-token-store.ts";
import type { Owner, Token } from "../../src/tokens/token.ts";
import type { PageQuery } from "../../src/tokens/token-page.ts";
import type { Mutant } from "./mutant.ts";
import {
  asPeopleWould,
  byUnit,
  comparing,
  ForgetsTheBusiness,
  ForgetsTheUser,
  isSame,
  limitedBy,
  sortedBy,
} from "./wrong-stores.ts";

const withStore = (Store: new () => MemoryTokenStore) => () => ({ tokens: new Store() });

/** What can be wrong with the keeping of tokens. */
export const storeMutants: readonly Mutant[] = [
  {
    name: "the tenth active token is refused already",
    rule: "create.limit",
    world: withStore(
      class extends MemoryTokenStore {
        override add(token: Token, limit: number, at: number) {
          return super.add(token, limit === 0 ? 0 : limit - 1, at);
        }
      },
    ),
  },
  {
    name: "the eleventh active token is created",
    rule: "create.limit",
    world: withStore(
      class extends MemoryTokenStore {
        override add(token: Token, limit: number, at: number) {
          return super.add(token, limit === 0 ? 0 : limit + 1, at);
        }
      },
    ),
  },
  {
    name: "a token that is refused for the limit is stored all the same",
    rule: "create.limit",
    world: withStore(
      class extends MemoryTokenStore {
        override async add(token: Token, limit: number, at: number) {
          const isAdded = await super.add(token, limit, at);
          if (!isAdded) await super.add(token, 0, at);
          return isAdded;
        }
      },
    ),
  },
  {
    name: "expired tokens take up places",
    rule: "create.limit",
    world: withStore(
      class extends MemoryTokenStore {
        override add(token: Token, limit: number) {
          return super.add(token, limit, 0);
        }
      },
    ),
  },
  {
    name: "each business has a limit of its own for each user",
    rule: "create.limit-per-user",
    world: withStore(limitedBy(isSame)),
  },
  {
    name: "each business has a limit of its own, whoever the user",
    rule: "create.limit-per-user",
    world: withStore(limitedBy((each, { businessId }) => each.businessId === businessId)),
  },
  {
    name: "whatever counts in a business counts against everybody there",
    rule: "create.limit-per-user",
    world: withStore(
      limitedBy((each, { userId, businessId }) => each.userId === userId || each.businessId === businessId),
    ),
  },
  {
    name: "an expired token is accepted",
    rule: "credentials.expired",
    world: withStore(
      class extends MemoryTokenStore {
        override async findByDigest(digest: string) {
          const token = await super.findByDigest(digest);
          return token && { ...token, expiresAt: null };
        }
      },
    ),
  },
  {
    name: "a token is accepted at the very instant of its expiry",
    rule: "credentials.expired",
    world: withStore(
      class extends MemoryTokenStore {
        override async findByDigest(digest: string) {
          const token = await super.findByDigest(digest);
          return token?.expiresAt ? { ...token, expiresAt: token.expiresAt + 1 } : token;
        }
      },
    ),
  },
  {
    name: "a revoked token is accepted",
    rule: "credentials.revoked",
    world: withStore(
      class extends MemoryTokenStore {
        override async findByDigest(digest: string) {
          const token = await super.findByDigest(digest);
          return token && { ...token, revocation: null };
        }
      },
    ),
  },
  {
    name: "revoking answers well and does nothing",
    rule: "revoke.revoked",
    keepsTokens: true,
    world: withStore(
      class extends MemoryTokenStore {
        override async update(id: string, owner: Owner, change: (token: Token) => Token) {
          const update = await super.update(id, owner, (token) => ({ ...change(token), revocation: token.revocation }));
          return update && { before: update.before, after: change(update.before) };
        }
      },
    ),
  },
  {
    name: "a token is revoked when it was created",
    rule: "revoke.revoked",
    world: withStore(
      class extends MemoryTokenStore {
        override update(id: string, owner: Owner, change: (token: Token) => Token) {
          return super.update(id, owner, (token) => {
            const { revocation, ...after } = change(token);
            return { ...after, revocation: revocation && { ...revocation, at: token.createdAt } };
          });
        }
      },
    ),
  },
  {
    name: "a second revocation overwrites the first",
    rule: "revoke.already-revoked",
    world: withStore(
      class extends MemoryTokenStore {
        override update(id: string, owner: Owner, change: (token: Token) => Token) {
          return super.update(id, owner, (token) => change({ ...token, revocation: null }));
        }
      },
    ),
  },
  {
    name: "last_used_at never moves",
    rule: "token.last-used",
    world: withStore(
      class extends MemoryTokenStore {
        override update(id: string, owner: Owner, change: (token: Token) => Token) {
          return super.update(id, owner, (token) => ({ ...change(token), lastUsedAt: token.lastUsedAt }));
        }
      },
    ),
  },
  {
    name: "last_used_at is set once",
    rule: "token.last-used",
    world: withStore(
      class extends MemoryTokenStore {
        override update(id: string, owner: Owner, change: (token: Token) => Token) {
          return super.update(id, owner, (token) => {
            const after = change(token);
            return { ...after, lastUsedAt: token.lastUsedAt ?? after.lastUsedAt };
          });
        }
      },
    ),
  },
  {
    name: "a cursor skips a token",
    rule: "list.pages",
    world: withPages(async (page, query) => {
      const [first] = (await page(query)).items;
      if (query.from === undefined || first === undefined) return page(query);
      return page({ ...query, from: { ...query.from, id: first.id, key: first.createdAt } });
    }),
  },
  {
    name: "a cursor repeats a token",
    rule: "list.pages",
    world: withPages((page, query) =>
      page(query.from ? { ...query, from: { ...query.from, inclusive: true } } : query),
    ),
  },
  {
    name: "the last page says that there is another",
    rule: "list.pages",
    world: withPages(async (page, query) => {
      const answer = await page(query);
      const last = answer.items.at(-1);
      return { ...answer, next: answer.next ?? (last && { key: last.createdAt, id: last.id }) };
    }),
  },
  {
    name: "prev goes forward",
    rule: "list.pages",
    world: withPages((page, query) => page({ ...query, direction: "next" })),
  },
  {
    name: "a list comes oldest first",
    rule: "list.order",
    world: withPages((page, query) => page({ ...query, sort: { ...query.sort, descending: !query.sort.descending } })),
  },
  {
    name: "descending is ignored",
    rule: "list.descending",
    world: withPages((page, query) => page({ ...query, sort: { ...query.sort, descending: true } })),
  },
  {
    name: "sort_by is ignored",
    rule: "list.sort-by",
    world: withPages((page, query) => page({ ...query, sort: { ...query.sort, by: "created_at" } })),
  },
  {
    name: "names are sorted by UTF-16 unit",
    rule: "list.sort-by",
    world: withStore(sortedBy(comparing(byUnit))),
  },
  {
    name: "names are sorted as people would",
    rule: "list.sort-by",
    world: withStore(sortedBy(comparing(asPeopleWould))),
  },
  {
    name: "revoked tokens are listed unasked",
    rule: "list.revoked-hidden",
    world: withPages((page, query) => page({ ...query, includeRevoked: true })),
  },
  {
    name: "revoked tokens are never listed",
    rule: "list.revoked-hidden",
    world: withPages((page, query) => page({ ...query, includeRevoked: false })),
  },
  {
    name: "expired tokens are not listed",
    rule: "list.revoked-hidden",
    world: withPages(async (page, query) => {
      const answer = await page(query);
      return { ...answer, items: answer.items.filter(({ name }) => name !== "expired") };
    }),
  },
  {
    name: "other users' tokens are listed",
    rule: "list.own-only",
    world: withStore(
      class extends MemoryTokenStore {
        override async page(owner: Owner, query: PageQuery) {
          const page = await super.page(owner, query);
          const others = (await this.all(owner.businessId)).filter(({ userId }) => userId !== owner.userId);
          return { ...page, items: [...page.items, ...others] };
        }
      },
    ),
  },
  {
    name: "the total counts revoked tokens",
    rule: "list.total",
    world: withStore(
      class extends MemoryTokenStore {
        override count(owner: Owner) {
          return super.count(owner, true);
        }
      },
    ),
  },
  {
    name: "a token of another user of the business can be revoked",
    rule: "revoke.own-only",
    world: withStore(ForgetsTheUser),
  },
  {
    name: "one's own token can be revoked from another business",
    rule: "revoke.own-only",
    world: withStore(ForgetsTheBusiness),
  },
];

type Page = MemoryTokenStore["page"];

/** A store whose pages are cut by somebody else. */
function withPages(cut: (page: (query: PageQuery) => ReturnType<Page>, query: PageQuery) => ReturnType<Page>) {
  return withStore(
    class extends MemoryTokenStore {
      override page(owner: Owner, query: PageQuery) {
        return cut((changed) => super.page(owner, changed), query);
      }
    },
  );
}
