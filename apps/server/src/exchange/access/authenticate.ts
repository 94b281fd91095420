import type { RuleId } from "@dayzero-tokens/contract";
import { bearerOf, firstHeader } from "@dayzero-tokens/fastapi";
import type { RequestHandler } from "express";
import { digestOf, judgeSecret } from "../../tokens/secret.ts";
import { isExpired, touchToken } from "../../tokens/token.ts";
import type { World } from "../../world/world.ts";
import { exchangeOf } from "../exchange.ts";
import { notAuthenticated } from "../refusal.ts";

/** Finds out who is asking; a request that does not prove it is refused with 401. */
export const authenticate =
  (world: World): RequestHandler =>
  async (req, res, next) => {
    const header = firstHeader(req, "authorization");
    if (header === undefined) return next(notAuthenticated("credentials.absent"));
    const secret = bearerOf(header);
    if (secret === undefined) return next(notAuthenticated("credentials.scheme"));

    const token = await world.tokens.findByDigest(digestOf(secret));
    const user = token && world.directory.user(token.userId);
    if (token === undefined || user === undefined) return next(notAuthenticated(stranger(secret, world)));
    const exchange = exchangeOf(res);
    exchange.tokenId = token.id;
    exchange.userId = user.id;
    const at = world.clock.now(token.businessId);
    if (token.revocation !== null) return next(notAuthenticated("credentials.revoked"));
    if (isExpired(token, at)) return next(notAuthenticated("credentials.expired"));

    await world.tokens.update(token.id, token, (current) => touchToken(current, at));
    const email = firstHeader(req, "x-user-email") ?? user.email;
    exchange.caller = { userId: user.id, businessId: token.businessId, email, token };
    next();
  };

/** Why nobody is known by this secret. One that somebody else signed may be real, and is worth a warning. */
function stranger(secret: string, world: World): RuleId {
  const judgement = judgeSecret(secret, world.signingKey);
  if (judgement === "signature") world.noticed.foreignToken(secret);
  return `credentials.${judgement}`;
}
