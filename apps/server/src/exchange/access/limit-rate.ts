import { bearerOf, firstHeader } from "@dayzero-tokens/fastapi";
import type { RequestHandler } from "express";
import { digestOf } from "../../tokens/secret.ts";
import type { World } from "../../world/world.ts";
import { Refusal } from "../refusal.ts";

/**
 * Answers 429 to whoever sends more requests than the limit in one second of the double's clock. Each token has a count
 * of its own, so that sandboxes don't slow each other down.
 */
export function limitRate({ limits: { ratePerSecond }, clock, rateWindows }: World): RequestHandler {
  if (ratePerSecond === undefined) return (_req, _res, next) => next();
  return (req, _res, next) => {
    const header = firstHeader(req, "authorization");
    const caller = digestOf(bearerOf(header) ?? header ?? "");
    const requests = rateWindows.count(caller, Math.floor(clock.now() / 1000));
    if (requests <= ratePerSecond) return next();
    next(new Refusal("rate-limit.exceeded", 429, "Too Many Requests", { "retry-after": "1" }));
  };
}
