import { documentedErrors } from "@dayzero-tokens/contract";
import { decodeCursor, encodeCursor, parseSortColumn } from "../tokens/cursor.ts";
import { day } from "../tokens/instant.ts";
import { mintToken } from "../tokens/mint-token.ts";
import { revokeToken } from "../tokens/token.ts";
import type { World } from "../world/world.ts";
import { callerOf } from "./access/caller.ts";
import { decide } from "./exchange.ts";
import type { OperationHandlers } from "./perform-operation.ts";
import { revokeResponse, tokenResponse } from "./token-wire.ts";

const badRequest = { status: 400, body: documentedErrors[400] } as const;

/** The three operations: request to domain, domain to answer. */
export const tokenRoutes = ({ tokens, clock, ids, signingKey, limits }: World): OperationHandlers => ({
  createToken: async ({ body, res }) => {
    const { userId, businessId } = callerOf(res);
    const { name, description, expires_in_days: days } = body;
    const createdAt = clock.now(businessId);
    const expiresAt = createdAt + (days ?? 365) * day;
    const wanted = { userId, businessId, name, description, createdAt, expiresAt };
    const { token, secret } = mintToken({ ids, signingKey }, wanted);

    if (await tokens.add(token, limits.maxActiveTokens, createdAt)) {
      return decide(res, "create.created", {
        status: 201,
        body: { token: secret, token_info: tokenResponse(token) },
      });
    }
    const detail = `Maximum of ${limits.maxActiveTokens} active tokens per user reached`;
    return decide(res, "create.limit", { status: 400, body: { detail } });
  },

  listTokens: async ({ query, res }) => {
    const { direction, limit = 50, include_revoked: includeRevoked } = query;
    if (direction !== "next" && direction !== "prev") return decide(res, "list.unknown-direction", badRequest);
    const by = parseSortColumn(query.sort_by ?? "created_at");
    if (by === undefined) return decide(res, "list.unknown-sort", badRequest);
    const sort = { by, descending: query.descending };
    const from = query.cursor === undefined ? undefined : decodeCursor(query.cursor, sort);
    if (query.cursor !== undefined && from === undefined) return decide(res, "list.bad-cursor", badRequest);

    const caller = callerOf(res);
    const page = await tokens.page(caller, { sort, limit, includeRevoked, direction, ...(from && { from }) });
    const body = {
      items: page.items.map(tokenResponse),
      total: query.include_total_count ? await tokens.count(caller, includeRevoked) : null,
      limit,
      next_cursor: page.next ? encodeCursor(page.next, sort) : null,
      prev_cursor: page.prev ? encodeCursor(page.prev, sort) : null,
      has_next: page.next !== undefined,
      has_prev: page.prev !== undefined,
    };
    return decide(res, "list.listed", { status: 200, body });
  },

  revokeToken: async ({ params, body, res }) => {
    const caller = callerOf(res);
    const revocation = { at: clock.now(caller.businessId), by: caller.email, reason: body?.reason ?? null };
    const update = await tokens.update(params.token_id, caller, (token) => revokeToken(token, revocation));

    if (update === undefined) return decide(res, "revoke.unknown-token", { status: 404, body: documentedErrors[404] });
    if (update.before.revocation !== null) {
      return decide(res, "revoke.already-revoked", { status: 400, body: { detail: "Token is already revoked" } });
    }
    return decide(res, "revoke.revoked", { status: 201, body: revokeResponse(update.after, revocation) });
  },
});
