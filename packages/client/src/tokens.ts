import { type ApiPromise, apiPromise } from "./api-promise.ts";
import type { Config } from "./config.ts";
import type { CallOptions } from "./options.ts";
import { type ListPromise, listPromise } from "./pages.ts";
import type { CreateResult, RevokeResult } from "./results.ts";
import { createRoute, listRoute, revokeRoute } from "./routes.ts";
import { send } from "./send.ts";
import type {
  APITokenCreate,
  APITokenCreateResponse,
  APITokenRevokeRequest,
  APITokenRevokeResponse,
  ListTokensQuery,
} from "./wire.ts";

/** The API tokens of the caller, in one business. Each method throws DayZeroErrors, and `.result()` hands them out. */
export interface Tokens {
  /**
   * Creates a token. Its secret is in this answer and nowhere else: store it.
   *
   * Throws BadRequestError at the limit of active tokens, ValidationError for a bad `name` or `expires_in_days`. After a
   * ConnectionError, TimeoutError or ServerError look at `outcome`: `"unknown"` means that the token may exist.
   */
  create(body: APITokenCreate, options?: CallOptions): ApiPromise<APITokenCreateResponse, CreateResult>;

  /**
   * Lists the caller's tokens, without their secrets. Await it for a page, iterate over it for all tokens. The options
   * hold for each page's request.
   *
   * Throws BadRequestError for an unknown `sort_by`, `direction` or cursor, ValidationError for a bad `limit`.
   */
  list(query?: ListTokensQuery, options?: CallOptions): ListPromise;

  /**
   * Revokes a token for good: it opens nothing any more.
   *
   * Throws NotFoundError when the caller has no such token in this business, BadRequestError when it was revoked before.
   */
  revoke(
    id: string,
    body?: APITokenRevokeRequest | null,
    options?: CallOptions,
  ): ApiPromise<APITokenRevokeResponse, RevokeResult>;
}

export const tokensOf = (config: Config): Tokens => ({
  create: (body, options = {}) =>
    apiPromise(createRoute, send(config, createRoute, { body, texts: { name: body?.name } }, options)),
  list: (query = {}, options = {}) => listPromise((page) => send(config, listRoute, { query: page }, options), query),
  revoke: (id, body, options = {}) =>
    apiPromise(revokeRoute, send(config, revokeRoute, { id, body, texts: { id } }, options)),
});
