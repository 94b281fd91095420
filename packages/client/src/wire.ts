/** What a token is created from, as the API spells it. */
export interface APITokenCreate {
  /** The token's name: 1 to 255 characters. */
  name: string;
  /** What the token is for. */
  description?: string | null | undefined;
  /** Days until the token expires: 1 to 365. Without it, the API takes 365. */
  expires_in_days?: number | null | undefined;
}

/** A token's record. It never holds the secret. Timestamps are RFC 3339 strings, as sent: microseconds are kept. */
export interface APITokenResponse {
  /** The record's id, a UUID: what `tokens.revoke` takes. */
  id: string;
  /** The id inside the secret (its `jti` claim). */
  jti: string;
  /** What it was named at its creation. */
  name?: string | null | undefined;
  /** What it is for. */
  description?: string | null | undefined;
  /** The first characters of the secret, for display: `dz_abc...`. */
  token_prefix: string;
  /** Always `"api"` today; treat other values as unknown. */
  token_type?: string | null | undefined;
  /** When the token was created. */
  created_at: string;
  /** When the token last authenticated a request; null means never. */
  last_used_at?: string | null | undefined;
  /** When the token expires; null means never. */
  expires_at?: string | null | undefined;
  /** When the token was revoked; null means that it was not. */
  revoked_at?: string | null | undefined;
  /** Why the token was revoked. */
  revocation_reason?: string | null | undefined;
}

/** A new token. This is the only answer that ever holds the secret. */
export interface APITokenCreateResponse {
  /** The secret, `dz_…`. Store it now: the API never shows it again. */
  token: string;
  /** The token's record. */
  token_info: APITokenResponse;
}

/** How to page through the caller's tokens. */
export interface ListTokensQuery {
  /** Whether revoked tokens are listed too. Default: false. */
  include_revoked?: boolean | undefined;
  /** Where to start: a `next_cursor` or `prev_cursor` of a page with the same sort. Opaque, and not to be stored. */
  cursor?: string | undefined;
  /** Tokens per page: 1 to 1000. Default of the API: 50. */
  limit?: number | undefined;
  /** Which way to walk from the cursor: `"prev"` follows `prev_cursor`. Default: `"next"`. */
  direction?: "next" | "prev" | (string & {}) | undefined;
  /** Whether the page carries `total`. Default: false. */
  include_total_count?: boolean | undefined;
  /** The column to sort by. Default of the API: `created_at`. A cursor belongs to one sort. */
  sort_by?: string | undefined;
  /** Whether the sort descends. Default: true. */
  descending?: boolean | undefined;
}

/** One page of tokens, as sent. */
export interface APITokenListResponse {
  /** The tokens, in the order of the sort. */
  items: APITokenResponse[];
  /** How many tokens there are in all; null when it was not asked for. */
  total?: number | null | undefined;
  /** Tokens per page. */
  limit?: number | null | undefined;
  /** Opaque: where the next page starts. */
  next_cursor?: string | null | undefined;
  /** Opaque: where the previous page starts. */
  prev_cursor?: string | null | undefined;
  /** Whether there is a page after this one. */
  has_next: boolean;
  /** Whether there is a page before this one. */
  has_prev: boolean;
}

/** Why a token is revoked. */
export interface APITokenRevokeRequest {
  /** Kept with the token, and shown in `revocation_reason`. */
  reason?: string | null | undefined;
}

/** What a revocation leaves behind. */
export interface APITokenRevokeResponse {
  /** The record's id. */
  id: string;
  /** The id inside the secret (its `jti` claim). */
  jti: string;
  /** What the token was named. */
  name?: string | null | undefined;
  /** When the token was revoked: RFC 3339, as sent. */
  revoked_at: string;
  /** The e-mail address of the user who revoked it. */
  revoked_by?: string | null | undefined;
  /** The reason that was given. */
  revocation_reason?: string | null | undefined;
}

/** The body of a refusal with status 400, 401, 403 or 404. */
export interface ErrorBody {
  /** What is wrong, for people. */
  detail: string;
}

/** One complaint about one place of the request. */
export interface ValidationIssue {
  /** The place: `["body", "name"]`. */
  loc: (string | number)[];
  /** What is wrong: `Field required`. */
  msg: string;
  /** The rule, for programs: `missing`. */
  type: string;
  /** What was sent, echoed by the API. Errors leave it out; the body of `.result()` keeps it. */
  input?: unknown;
  /** The rule's numbers: `{ max_length: 255 }`. */
  ctx?: Record<string, unknown> | undefined;
}

/** The body of a refusal with status 422. */
export interface HTTPValidationError {
  /** One entry for each complaint. */
  detail: ValidationIssue[];
}
