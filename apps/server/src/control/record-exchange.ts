import type { Leak } from "@dayzero-tokens/contract/control";
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
import { maskHeaders, maskText, maskValue } from "./mask.ts";

/** Bodies beyond this are not kept, only their length. In characters. */
const longest = 65_536;

/**
 * Writes the exchange into the journal, once; without an answer, that none was sent. A promise comes back where it takes
 * a look into the store: the entry is there when it resolves.
 */
export function recordExchange(res: Response, answer?: Answer): Promise<void> | undefined {
  const exchange = exchangeOf(res);
  if (exchange.isRecorded) return undefined;
  exchange.isRecorded = true;
  const { world, operation, userId, tokenId, rule, faultId, leaks } = exchange;
  const businessId = exchange.businessId ?? parseUuid(firstHeader(res.req, "x-business-id") ?? "");
  const suspects: Suspect[] = [];
  const entry: Recorded = {
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
    ...requestOf(res, (secret, where) => suspects.push({ secret, where })),
    response: { headers: maskHeaders(Object.entries(answer?.headers ?? {})), text: maskText(answer?.text ?? "") },
    leaks,
  };
  const add = (leaks: readonly Leak[]) => {
    world.noticed.leaks += leaks.length;
    world.journal.add({ ...entry, leaks });
    world.changes.notify();
  };
  if (suspects.length === 0) return void add(leaks);
  return leaksAmong(suspects, world).then((found) => add([...leaks, ...found]));
}

/** What may be a secret where none belongs. */
interface Suspect {
  readonly secret: string;
  readonly where: string;
}

function requestOf(res: Response, found: (secret: string, where: string) => void): Pick<Recorded, "path" | "request"> {
  const { originalUrl, rawHeaders } = res.req;
  const mark = originalUrl.indexOf("?");
  const path = percentDecode(mark === -1 ? originalUrl : originalUrl.slice(0, mark));
  const query: Record<string, string> = {};
  if (mark !== -1) {
    for (const [name, value] of Object.entries(parseQuery(originalUrl.slice(mark + 1)))) {
      const shown = maskText(name, (secret) => found(secret, "query"));
      query[shown] = maskText(value, (secret) => found(secret, `query.${shown}`));
    }
  }
  const headers = maskHeaders(pairsOf(rawHeaders), found);
  const body = maskValue(exchangeOf(res).body ?? null, "body", found);
  const masked = maskText(path, (secret) => found(secret, "path"));
  return { path: masked, request: { headers, query, body: shortened(body) } };
}

function* pairsOf(rawHeaders: readonly string[]): Generator<[string, string]> {
  for (let at = 0; at + 1 < rawHeaders.length; at += 2) {
    yield [(rawHeaders[at] ?? "").toLowerCase(), rawHeaders[at + 1] ?? ""];
  }
}

const shortened = (body: unknown) =>
  typeof body === "string" && body.length > longest ? { length: body.length } : body;

/** The suspects that are secrets of this double. */
async function leaksAmong(suspects: readonly Suspect[], { tokens }: World): Promise<Leak[]> {
  const found = await Promise.all(
    suspects.map(async ({ secret, where }) => {
      const token = await tokens.findByDigest(digestOf(secret));
      return token === undefined ? [] : [{ where, token_id: token.id }];
    }),
  );
  return found.flat();
}
