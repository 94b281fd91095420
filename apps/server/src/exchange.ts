import type { Operation } from "@dayzero-tokens/contract";
import type { Response } from "express";
import type { Caller } from "./access/caller.ts";
import type { RuleId } from "./rules.ts";

/** A request and its answer, as far as it has got. */
export interface Exchange {
  operation?: Operation;
  caller?: Caller;
  /** As it was received: the errors echo it. */
  body?: unknown;
  /** What decided the answer. */
  rule?: RuleId;
}

/** Attaches a new exchange to the response that will end it. */
export function openExchange(res: Response): Exchange {
  const exchange: Exchange = {};
  res.locals["exchange"] = exchange;
  return exchange;
}

export const exchangeOf = (res: Response): Exchange => res.locals["exchange"] as Exchange;

/** Notes the rule that decided, and hands the answer on. */
export function decide<T>(res: Response, rule: RuleId, answer: T): T {
  exchangeOf(res).rule = rule;
  return answer;
}
