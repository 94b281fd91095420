import { Unserializable, writeJson } from "@dayzero-tokens/fastapi";
import type { ErrorRequestHandler, Response } from "express";
import type { World } from "../world/world.ts";
import { internalServerError, jsonAnswer } from "./answer.ts";
import { ownUp } from "./deliver-answer.ts";
import { decide, exchangeOf } from "./exchange.ts";
import { Refusal } from "./refusal.ts";
import { send } from "./send-answer.ts";

/** The one exit of every request that does not get as far as an answer of its handler. */
export const answerError =
  (world: World): ErrorRequestHandler =>
  (error, _req, res, _next) => {
    try {
      if (error instanceof Refusal) return answerRefusal(res, error);
      throw error;
    } catch (broken) {
      answerBroken(world, res, broken);
    }
  };

function answerRefusal(res: Response, { rule, status, detail, headers }: Refusal): void {
  decide(res, rule, undefined);
  send(res, detail === undefined ? { status, headers, text: "" } : jsonAnswer(status, writeJson({ detail }), headers));
}

function answerBroken(world: World, res: Response, error: unknown): void {
  if (exchangeOf(res) === undefined) return answerOutside(world, res, error);
  if (error instanceof Unserializable) decide(res, "reply.unserializable", undefined);
  else ownUp(res, error);
  if (res.headersSent) res.destroy();
  else send(res, internalServerError);
}

/** What breaks outside of an exchange, in the control plane, must not end as Express's page with a stack trace. */
function answerOutside(world: World, res: Response, error: unknown): void {
  world.report("The control plane is at fault", error);
  if (res.headersSent) return void res.destroy();
  res.statusCode = 500;
  res.setHeader("content-type", "application/json");
  res.end('{"detail":"The control plane is at fault; its log says more"}');
}
