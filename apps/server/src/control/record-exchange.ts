import type { Response } from "express";
import { firstHeader } from "../access/first-header.ts";
import { digestOf } from "../access/secret.ts";
import { parseUuid } from "../access/uuid.ts";
import type { Answer } from "../answer.ts";
import { exchangeOf } from "../exchange.ts";
import type { World } from "../world.ts";
import { type Evidence, keep } from "./evidence.ts";

/** Writes the exchange into the journal, once; without an answer, that none was sent. */
export function recordExchange(res: Response, answer?: Answer): void {
  const exchange = exchangeOf(res);
  if (exchange.isRecorded) return;
  exchange.isRecorded = true;
  const { world, operation, userId, tokenId, rule, faultId, leaks } = exchange;
  const { method, originalUrl: url, rawHeaders } = res.req;
  const businessId = exchange.businessId ?? parseUuid(firstHeader(res.req, "x-business-id") ?? "");
  const { body, bodyLength = 0 } = exchange;
  const evidence: Evidence = { url, rawHeaders, body, bodyLength, answer };
  world.journal.add({
    at: world.clock.now(businessId),
    method,
    operation,
    businessId,
    userId,
    tokenId,
    status: answer?.status,
    rule,
    faultId,
    durationMs: exchange.elapsed(),
    evidence: keep(evidence, (secret, where) => void noteLeak(world, leaks, secret, where)),
    leaks,
  });
  world.changes.notify();
}

/** Notes a secret that stands where none belongs, if it is one that this double knows. */
export async function noteLeak(
  world: World,
  leaks: { where: string; token_id: string }[],
  secret: string,
  where: string,
) {
  const token = await world.tokens.findByDigest(digestOf(secret));
  if (token === undefined) return;
  leaks.push({ where, token_id: token.id });
  world.noticed.leaks += 1;
}
