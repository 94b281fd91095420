import { type ApiPromise, apiPromise } from "./api-promise.ts";
import type { Answer, Answered, Failed } from "./call.ts";
import type { ListResult } from "./results.ts";
import { listRoute } from "./routes.ts";
import type { APITokenListResponse, APITokenResponse, ListTokensQuery } from "./wire.ts";

/** One page of tokens, as sent, and the way to the next one. */
export interface TokenPage extends APITokenListResponse {
  /**
   * Asks for the page that follows in the direction of the call, with its query and options; undefined when there is
   * none. Rejects with ResponseFormatError when the cursor is missing or was followed before, and after a hundred empty
   * pages in a row.
   */
  nextPage(): ListPromise | undefined;
}

/** A list that is under way: await it for its first page, or iterate over it for the tokens of all pages. */
export interface ListPromise extends ApiPromise<TokenPage, ListResult>, AsyncIterable<APITokenResponse> {
  /** Page after page. Each is asked for when it is needed. */
  pages(): AsyncIterableIterator<TokenPage>;
  /** The first `limit` tokens, of as many pages as that takes. */
  toArray(options: { readonly limit: number }): Promise<APITokenResponse[]>;
}

type Ask = (query: ListTokensQuery) => Promise<Answer>;

/** Where a walk over pages is. */
interface Place {
  /** How many pages came before. */
  readonly page: number;
  /** How many of the last ones were empty. */
  readonly empty: number;
  /** The cursors of the walk, each with the page that it leads to. */
  readonly cursors: Map<string, number>;
}

const mostEmptyPages = 100;

export function listPromise(ask: Ask, query: ListTokensQuery, place: Place = beginning(query)): ListPromise {
  const promise = apiPromise<TokenPage, ListResult>(
    listRoute,
    ask(query).then((answer) => {
      // Not enumerable: the data stays what was sent.
      if (!answer.error) Object.defineProperty(answer.body, "nextPage", { value: () => follow(answer) });
      return answer;
    }),
  );

  function follow(answer: Answered): ListPromise | undefined {
    const page = answer.body as APITokenListResponse;
    const isBackwards = query.direction === "prev";
    if (!(isBackwards ? page.has_prev : page.has_next)) return undefined;
    const cursor = (isBackwards ? page.prev_cursor : page.next_cursor) ?? undefined;
    const next = { ...query, cursor };
    const fail = (what: string) => listPromise(async (): Promise<Failed> => answer.refuse(what), next);
    if (!cursor || (place.cursors.get(cursor) ?? place.page + 1) !== place.page + 1) {
      return fail("a missing or repeated cursor");
    }
    const empty = page.items.length === 0 ? place.empty + 1 : 0;
    if (empty >= mostEmptyPages) return fail(`${mostEmptyPages} empty pages in a row`);
    place.cursors.set(cursor, place.page + 1);
    return listPromise(ask, next, { page: place.page + 1, empty, cursors: place.cursors });
  }

  async function* pages() {
    for (let page: TokenPage | undefined = await promise; page; page = await page.nextPage()) yield page;
  }

  async function* items() {
    for await (const page of pages()) yield* page.items;
  }

  const toArray = async ({ limit }: { readonly limit: number }) => {
    const tokens: APITokenResponse[] = [];
    for await (const token of items()) if (tokens.push(token) >= limit) break;
    return tokens.slice(0, limit);
  };

  return Object.assign(promise, { pages, toArray, [Symbol.asyncIterator]: items });
}

const beginning = ({ cursor }: ListTokensQuery): Place => ({
  page: 0,
  empty: 0,
  cursors: new Map(cursor === undefined ? [] : [[cursor, 0]]),
});
