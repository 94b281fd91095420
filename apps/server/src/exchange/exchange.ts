import type { Operation, RuleId } from "@dayzero-tokens/contract";
import type { Leak } from "@dayzero-tokens/contract/control";
import type { Response } from "express";
import { stopwatch } from "../world/clock.ts";
import type { World } from "../world/world.ts";
import type { Caller } from "./access/caller.ts";

/** A request and its answer, as far as it has got. */
export interface Exchange {
  readonly world: World;
  /** Real milliseconds since the request was met. */
  readonly elapsed: () => number;
  readonly leaks: Leak[];
  operation?: Operation;
  /** What stands in the path where the operation's has a name. */
  params?: Readonly<Record<string, string>>;
  caller?: Caller;
  /** Whom the bearer token belongs to, also where it is refused. */
  tokenId?: string;
  userId?: string;
  /** As the request names it, once that is known to be a UUID. */
  businessId?: string;
  /** As it was received: the errors echo it. */
  body?: unknown;
  /** Bytes of the body. */
  bodyLength?: number;
  /** What decided the answer. */
  rule?: RuleId;
  faultId?: string;
  /** Whether it stands inside the world's gate. */
  isInside: boolean;
  isRecorded: boolean;
  /** Whether it broke on its way out. */
  isBroken: boolean;
}

/** Attaches a new exchange to the response that will end it. */
export function openExchange(res: Response, world: World): Exchange {
  const exchange: Exchange = {
    world,
    elapsed: stopwatch(),
    leaks: [],
    isInside: false,
    isRecorded: false,
    isBroken: false,
  };
  res.locals["exchange"] = exchange;
  return exchange;
}

export const exchangeOf = (res: Response): Exchange => res.locals["exchange"] as Exchange;

/** Notes the rule that decided, and hands the answer on. */
export function decide<T>(res: Response, rule: RuleId, answer: T): T {
  exchangeOf(res).rule = rule;
  return answer;
}
