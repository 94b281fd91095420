import type { Leak } from "@dayzero-tokens/contract/control";
import { firstHeader, parseUuid } from "@dayzero-tokens/fastapi";
import type { Response } from "express";
import type { Recorded, Texts } from "../../state/memory/journal.ts";
import { digestOf } from "../../tokens/secret.ts";
import type { World } from "../../world/world.ts";
import type { Answer } from "../answer.ts";
import { exchangeOf } from "../exchange.ts";
import { keepRequest, keptText } from "./evidence.ts";

/**
 * Writes the exchange into the journal, once; without an answer, that none was sent. A promise comes back where it takes
 * a look into the store: the entry is there when it resolves.
 */
export function recordExchange(res: Response, answer?: Answer): Promise<void> | undefined {
  const exchange = exchangeOf(res);
  if (exchange.isRecorded) return undefined;
  exchange.isRecorded = true;
  const { world, operation, userId, tokenId, rule, faultId, leaks, body, bodyLength = 0 } = exchange;
  const { method, originalUrl: url, rawHeaders } = res.req;
  const businessId = exchange.businessId ?? parseUuid(firstHeader(res.req, "x-business-id") ?? "");
  const suspects: Suspect[] = [];
  const found = (secret: string, where: string) => void suspects.push({ secret, where });
  const request = keepRequest({ url, rawHeaders, body }, bodyLength, found);
  const entry: Recorded = {
    at: world.clock.now(businessId),
    method,
    operation,
    businessId,
    userId,
    tokenId,
    rule,
    faultId,
    durationMs: exchange.elapsed(),
    isShown: request.isShown,
    status: answer?.status,
    headers: answer?.headers,
    leaks,
  };
  const texts = { request: request.text, answer: answer === undefined ? "" : keptText(answer.text) };
  if (suspects.length === 0) return add(world, entry, texts);
  return leaksAmong(suspects, world).then((more) => add(world, { ...entry, leaks: [...leaks, ...more] }, texts));
}

function add(world: World, entry: Recorded, texts: Texts<string>): undefined {
  world.noticed.leaks += entry.leaks.length;
  world.journal.add(entry, texts);
  world.changes.notify();
}

/** What may be a secret where none belongs. */
interface Suspect {
  readonly secret: string;
  readonly where: string;
}

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
