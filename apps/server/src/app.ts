import { contract } from "@dayzero-tokens/contract";
import { createExpressEndpoints } from "@ts-rest/express";
import express, { type Express, type RequestHandler } from "express";
import { authenticate } from "./access/authenticate.ts";
import { authorize } from "./access/authorize.ts";
import { jsonAnswer } from "./answer.ts";
import { injectFault } from "./control/inject-fault.ts";
import { recordExchange } from "./control/record-exchange.ts";
import { leaveGate } from "./deliver-answer.ts";
import { exchangeOf, openExchange } from "./exchange.ts";
import { answerError } from "./fastapi/answer-error.ts";
import { parseQuery } from "./fastapi/query.ts";
import { readBody } from "./fastapi/read-body.ts";
import { routeRequest } from "./fastapi/route-request.ts";
import { send } from "./send-answer.ts";
import { tokenRoutes } from "./tokens/token-routes.ts";
import { version } from "./version.ts";
import type { World } from "./world.ts";

/** The double as an Express app. It reads in the order in which a request meets it. */
export function createApp(world: World): Express {
  const app = express();
  app.disable("x-powered-by").disable("etag").set("query parser", parseQuery);
  app.response.json = function (body: unknown) {
    send(this, jsonAnswer(this.statusCode, JSON.stringify(body)));
    return this;
  };

  app.use(meetRequest(world));
  app.use(routeRequest);
  createExpressEndpoints(contract, tokenRoutes(world), app, {
    globalMiddleware: [injectFault, readBody, enterGate, authenticate(world), authorize(world)],
    responseValidation: true,
    requestValidationErrorHandler: (error, _req, _res, next) => next(error),
  });
  app.use(answerError(world));
  return app;
}

const meetRequest =
  (world: World): RequestHandler =>
  (_req, res, next) => {
    openExchange(res, world);
    if (world.marksReplies) res.setHeader("x-dayzero-double", version);
    // "close" follows every outcome, a cut connection included.
    res.once("close", () => {
      leaveGate(res);
      recordExchange(res);
    });
    next();
  };

const enterGate: RequestHandler = async (_req, res, next) => {
  const exchange = exchangeOf(res);
  for (let wait = exchange.world.gate.tryEnter(); wait !== undefined; wait = exchange.world.gate.tryEnter()) await wait;
  exchange.isInside = true;
  next();
};
