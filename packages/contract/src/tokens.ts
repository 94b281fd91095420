import { flag, integer, text } from "@dayzero-tokens/fastapi/scalars";
import * as z from "zod";

const dateTime = z.iso.datetime({ offset: true });

/** What a token is created from. An absent or null `expires_in_days` means 365 (an inference from upstream's prose). */
export const APITokenCreate = z
  .object({
    name: text({ min: 1, max: 255, description: "Token name" }),
    description: text().nullish().meta({ description: "Optional description" }),
    expires_in_days: integer({ min: 1, max: 365 })
      .nullish()
      .meta({ description: "Expiration in days (1-365, default: 365)" }),
  })
  .meta({ id: "APITokenCreate" });
export type APITokenCreate = z.infer<typeof APITokenCreate>;

/** A token's record. It never holds the secret. */
export const APITokenResponse = z
  .object({
    id: z.string().meta({ description: "Token record ID" }),
    jti: z.string().meta({ description: "Unique token identifier (JWT ID)" }),
    name: z.string().nullish().meta({ description: "Human-readable token name" }),
    description: z.string().nullish().meta({ description: "Optional token description" }),
    token_prefix: z.string().meta({ description: "First characters of the token for display (e.g. dz_abc...)" }),
    token_type: z.string().nullish().meta({ description: "Token type (always 'api')" }),
    created_at: dateTime.meta({ description: "When the token was created" }),
    last_used_at: dateTime.nullish().meta({ description: "Last time the token was used for authentication" }),
    expires_at: dateTime.nullish().meta({ description: "When the token expires (null = never)" }),
    revoked_at: dateTime.nullish().meta({ description: "When the token was revoked (null = active)" }),
    revocation_reason: z.string().nullish().meta({ description: "Reason the token was revoked" }),
  })
  .meta({ id: "APITokenResponse" });
export type APITokenResponse = z.infer<typeof APITokenResponse>;

/** The only answer that ever holds the secret. */
export const APITokenCreateResponse = z
  .object({
    token: z.string().meta({ description: "The JWT token - save it now, you won't see it again!" }),
    token_info: APITokenResponse.meta({ description: "Token metadata" }),
  })
  .meta({ id: "APITokenCreateResponse" });
export type APITokenCreateResponse = z.infer<typeof APITokenCreateResponse>;

/** How to page through the caller's tokens. Declared in the order in which upstream reports errors. */
export const ListTokensQuery = z.object({
  include_revoked: flag().default(false),
  cursor: text().optional(),
  limit: integer({ min: 1, max: 1000, undocumentedBounds: true }).optional(),
  direction: text({ description: "'next' or 'prev'" }).default("next"),
  include_total_count: flag().default(false),
  sort_by: text({ description: "Column name to sort by. When changing sort, reset cursor" }).optional(),
  descending: flag().default(true),
});
export type ListTokensQuery = z.infer<typeof ListTokensQuery>;

/** One page. Cursors are opaque and belong to the sort that they were made with. */
export const APITokenListResponse = z
  .object({
    items: z.array(APITokenResponse),
    total: z.int().nullish().meta({ description: "null when not calculated for performance" }),
    limit: z.int().nullish(),
    next_cursor: z.string().nullish(),
    prev_cursor: z.string().nullish(),
    has_next: z.boolean(),
    has_prev: z.boolean(),
  })
  .meta({ id: "APITokenListResponse" });
export type APITokenListResponse = z.infer<typeof APITokenListResponse>;

/** Why a token is revoked. The whole body may be absent or null. */
export const APITokenRevokeRequest = z.object({ reason: text().nullish() }).meta({ id: "APITokenRevokeRequest" });
export type APITokenRevokeRequest = z.infer<typeof APITokenRevokeRequest>;

export const APITokenRevokeResponse = z
  .object({
    id: z.string(),
    jti: z.string(),
    name: z.string().nullish(),
    revoked_at: dateTime.meta({ description: "When the token was revoked" }),
    revoked_by: z.string().nullish().meta({ description: "Email of the user who revoked the token" }),
    revocation_reason: z.string().nullish(),
  })
  .meta({ id: "APITokenRevokeResponse" });
export type APITokenRevokeResponse = z.infer<typeof APITokenRevokeResponse>;
