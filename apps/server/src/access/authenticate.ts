import type { RequestHandler } from "express";
import { exchangeOf } from "../exchange.ts";
import { notAuthenticated } from "../refusal.ts";
import type { RuleId } from "../rules.ts";
import { isExpired, touchToken } from "../tokens/token.ts";
import type { World } from "../world.ts";
import { firstHeader } from "./first-header.ts";
import { digestOf, judgeSecret } from "./secret.ts";

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
    if (token === undefined || user === undefined) return next(notAuthenticated(credentialsRule(secret, world)));
    const at = world.clock.now();
    if (token.revocation !== null) return next(notAuthenticated("credentials.revoked"));
    if (isExpired(token, at)) return next(notAuthenticated("credentials.expired"));

    await world.tokens.update(token.id, token, (current) => touchToken(current, at));
    const email = firstHeader(req, "x-user-email") ?? user.email;
    exchangeOf(res).caller = { userId: user.id, businessId: token.businessId, email, token };
    next();
  };

/** The credentials of a `Bearer` header, whose scheme may be spelled in any case; undefined for any other scheme. */
function bearerOf(header: string): string | undefined {
  const space = header.indexOf(" ");
  if (space === -1 || header.slice(0, space).toLowerCase() !== "bearer") return undefined;
  return header.slice(space + 1).trim();
}

const credentialsRule = (secret: string, { signingKey }: World): RuleId =>
  `credentials.${judgeSecret(secret, signingKey)}`;
