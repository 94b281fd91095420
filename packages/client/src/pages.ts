import { type ApiPromise, apiPromise } from "./api-promise.ts";
import type { Answer } from "./call.ts";
import { type ErrorFacts, ResponseFormatError } from "./errors.ts";
import type { ListResult } from "./results.ts";
import { listRoute } from "./routes.ts";
import type { APITokenListResponse, APITokenResponse, ListTokensQuery } from "./wire.ts";

/** One page of tokens, as sent, and the way to the next one. */
export interface TokenPage extends APITokenListResponse {
  /**
   * Asks for the page that follows in the direction of the call, with its query and options; undefined when there is
   * none. Rejects with ResponseFormatError when the cursor is missing or has been followed before.
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

export function listPromise(ask: Ask, query: ListTokensQuery, followed = new Set([query.cursor])): ListPromise {
  const followFrom = ({ response, body }: Answer) => {
    const page = body as APITokenListResponse;
    const back = query.direction === "prev";
    if (!(back ? page.has_prev : page.has_next)) return undefined;
    const cursor = (back ? page.prev_cursor : page.next_cursor) ?? undefined;
    const next = { ...query, cursor };
    if (cursor && !followed.has(cursor)) return listPromise(ask, next, new Set(followed).add(cursor));
    const facts: ErrorFacts = { status: response?.status, outcome: "unknown" };
    const error = new ResponseFormatError("tokens.list was answered with a missing or repeated cursor", facts);
    return listPromise(async () => ({ response, error }), next);
  };

  const promise = apiPromise<TokenPage, ListResult>(
    listRoute,
    ask(query).then((answer) => {
      // Not enumerable: the data stays what was sent.
      if (!answer.error) Object.defineProperty(answer.body, "nextPage", { value: () => followFrom(answer) });
      return answer;
    }),
  );

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
