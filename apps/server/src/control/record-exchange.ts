import type { Response } from "express";
import { firstHeader } from "../access/first-header.ts";
import { digestOf } from "../access/secret.ts";
import { parseUuid } from "../access/uuid.ts";
import type { Answer } from "../answer.ts";
import { exchangeOf } from "../exchange.ts";
import { percentDecode } from "../fastapi/percent-decode.ts";
import { parseQuery } from "../fastapi/query.ts";
import type { World } from "../world.ts";
import type { Recorded } from "./journal.ts";
import { maskHeader, maskText, maskValue } from "./mask.ts";

/** Bodies beyond this are not kept, only their length. In characters. */
const longest = 65_536;

/** Writes the exchange into the journal, once; without an answer, that none was sent. */
export function recordExchange(res: Response, answer?: Answer): void {
  const exchange = exchangeOf(res);
  if (exchange.isRecorded) return;
  exchange.isRecorded = true;
  const { world, operation, userId, tokenId, rule, faultId, leaks } = exchange;
  const businessId = exchange.businessId ?? parseUuid(firstHeader(res.req, "x-business-id") ?? "");
  const found: Found = (secret, where) => void noteLeak(world, leaks, secret, where);
  world.journal.add({
    at: world.clock.now(businessId),
    method: res.req.method,
    operation,
    businessId,
    userId,
    tokenId,
    status: answer?.status,
    rule,
    faultId,
    durationMs: exchange.elapsed(),
    ...requestOf(res, found),
    response: { headers: answer?.headers ?? {}, text: maskText(answer?.text ?? "") },
    leaks,
  });
  world.changes.notify();
}

type Found = (secret: string, where: string) => void;

function requestOf(res: Response, found: Found): Pick<Recorded, "path" | "request"> {
  const { originalUrl, rawHeaders } = res.req;
  const mark = originalUrl.indexOf("?");
  const path = percentDecode(mark === -1 ? originalUrl : originalUrl.slice(0, mark));
  const query: Record<string, string> = {};
  if (mark !== -1) {
    for (const [name, value] of Object.entries(parseQuery(originalUrl.slice(mark + 1)))) {
      query[maskText(name, (secret) => found(secret, "query"))] = maskText(value, (secret) =>
        found(secret, `query.${name}`),
      );
    }
  }
  const headers: Record<string, string> = {};
  for (let at = 0; at + 1 < rawHeaders.length; at += 2) {
    const name = (rawHeaders[at] ?? "").toLowerCase();
    headers[name] ??= maskHeader(name, rawHeaders[at + 1] ?? "", (secret) => found(secret, `header.${name}`));
  }
  const body = maskValue(exchangeOf(res).body ?? null, "body", found);
  const masked = maskText(path, (secret) => found(secret, "path"));
  return { path: masked, request: { headers, query, body: shortened(body) } };
}

const shortened = (body: unknown) =>
  typeof body === "string" && body.length > longest ? { length: body.length } : body;

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
