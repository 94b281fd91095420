import type { RequestHandler } from "express";
import { firstHeader } from "../access/first-header.ts";
import { digestOf } from "../access/secret.ts";
import { Refusal } from "../refusal.ts";
import type { World } from "../world.ts";

/**
 * Answers 429 to whoever sends more requests than the limit in one second of the double's clock. Each Authorization
 * has a count of its own, so that sandboxes don't slow each other down.
 */
export function limitRate({ limits: { ratePerSecond }, clock }: World): RequestHandler {
  if (ratePerSecond === undefined) return (_req, _res, next) => next();
  const windows = new Map<string, { second: number; requests: number }>();
  return (req, _res, next) => {
    const who = digestOf(firstHeader(req, "authorization") ?? "");
    const second = Math.floor(clock.now() / 1000);
    const window = windows.get(who);
    const requests = window?.second === second ? window.requests + 1 : 1;
    // Only the current second matters: what is older is forgotten before it piles up.
    if (windows.size > 10_000) windows.clear();
    windows.set(who, { second, requests });
    if (requests <= ratePerSecond) return next();
    next(new Refusal("rate-limit.exceeded", 429, "Too Many Requests", { "retry-after": "1" }));
  };
}
