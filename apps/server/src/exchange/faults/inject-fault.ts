import { STATUS_CODES } from "node:http";
// Not the global ones, which a test may have put fakes in the place of: a latency is real time.
import { clearTimeout, setTimeout } from "node:timers";
import { documentedErrors } from "@dayzero-tokens/contract";
import type { Fault, FaultEffect } from "@dayzero-tokens/contract/control";
import { bearerOf, firstHeader, parseUuid } from "@dayzero-tokens/fastapi";
import type { NextFunction, RequestHandler, Response } from "express";
import type { Suspect } from "../../state/memory/faults.ts";
import { digestOf } from "../../tokens/secret.ts";
import { whenStopping } from "../../world/when-stopping.ts";
import { type Answer, internalServerError, jsonAnswer } from "../answer.ts";
import { deliver } from "../deliver-answer.ts";
import { exchangeOf } from "../exchange.ts";
import { breakConnection } from "./break-connection.ts";
import { drawLatency } from "./latency.ts";

/** Lets a fault strike before the operation. Where there are none, nothing is looked at. */
export const injectFault: RequestHandler = (_req, res, next) =>
  exchangeOf(res).world.faults.isEmpty ? next() : strikeBefore(res, next);

async function strikeBefore(res: Response, next: NextFunction): Promise<void> {
  const fault = exchangeOf(res).world.faults.take("before", await suspectOf(res));
  if (fault === undefined) return next();
  await hold(res, fault);
  if (fault.effect.status === undefined && fault.effect.connection === undefined) return next();
  inflict(res, fault.effect, undefined);
}

/** Lets a fault strike after the operation, and delivers what it leaves of the answer. */
export async function strikeAfter(res: Response, answer: Answer): Promise<void> {
  const fault = exchangeOf(res).world.faults.take("after", await suspectOf(res));
  if (fault === undefined) return deliver(res, answer);
  await hold(res, fault);
  inflict(res, fault.effect, answer);
}

async function suspectOf(res: Response): Promise<Suspect> {
  const exchange = exchangeOf(res);
  const { world, operation } = exchange;
  const bearer = bearerOf(firstHeader(res.req, "authorization"));
  const token = bearer === undefined ? undefined : await world.tokens.findByDigest(digestOf(bearer));
  if (token !== undefined) Object.assign(exchange, { tokenId: token.id, userId: token.userId });
  const named = firstHeader(res.req, "x-business-id");
  const businessId = (named === undefined ? undefined : parseUuid(named)) ?? token?.businessId;
  return { operation, businessId, tokenId: token?.id };
}

/** Holds the answer back for the fault's latency, until the client leaves or the double stops. */
async function hold(res: Response, { id, effect }: Fault): Promise<void> {
  const exchange = exchangeOf(res);
  exchange.faultId = id;
  if (effect.latency === undefined || res.destroyed) return;
  const milliseconds = drawLatency(effect.latency, exchange.world.random);
  await new Promise<void>((resolve) => {
    const letGo = () => {
      clearTimeout(timer);
      resolve();
    };
    const timer = setTimeout(letGo, milliseconds);
    res.once("close", letGo);
    whenStopping(exchange.world, res, letGo);
  });
}

function inflict(res: Response, effect: FaultEffect, answer: Answer | undefined): void {
  const own = effect.status === undefined ? answer : answerOf(effect, effect.status);
  if (effect.connection !== undefined) return breakConnection(res, effect.connection, own ?? exampleOf(200));
  if (own !== undefined) deliver(res, own);
}

const answerOf = ({ body, headers = {} }: FaultEffect, status: number): Answer => {
  const answer = body === undefined ? exampleOf(status) : jsonAnswer(status, JSON.stringify(body));
  const lowerCase = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]);
  return { ...answer, headers: { ...answer.headers, ...Object.fromEntries(lowerCase) } };
};

/** Upstream's own example for a status or, where it has none, the status in words. */
function exampleOf(status: number): Answer {
  if (status === 500) return internalServerError;
  if (status === 204 || status === 304) return { status, headers: {}, text: "" };
  const detail = status === 422 ? exampleProblems : (documented(status) ?? STATUS_CODES[status] ?? "");
  const headers = status === 401 ? { "www-authenticate": "Bearer" } : {};
  return jsonAnswer(status, JSON.stringify({ detail }), headers);
}

const documented = (status: number) => documentedErrors[status as keyof typeof documentedErrors]?.detail;

const exampleProblems = [{ type: "missing", loc: ["body", "name"], msg: "Field required", input: {} }];
