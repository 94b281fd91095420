import { contract } from "@dayzero-tokens/contract";
import { createExpressEndpoints } from "@ts-rest/express";
import express, { type Express, type RequestHandler } from "express";
import { authenticate } from "./access/authenticate.ts";
import { authorize } from "./access/authorize.ts";
import { openExchange } from "./exchange.ts";
import { answerError } from "./fastapi/answer-error.ts";
import { parseQuery } from "./fastapi/query.ts";
import { readBody } from "./fastapi/read-body.ts";
import { routeRequest } from "./fastapi/route-request.ts";
import { sendJson } from "./fastapi/send.ts";
import { tokenRoutes } from "./tokens/token-routes.ts";
import { version } from "./version.ts";
import type { World } from "./world.ts";

/** The double as an Express app. It reads in the order in which a request meets it. */
export function createApp(world: World): Express {
  const app = express();
  app.disable("x-powered-by").disable("etag").set("query parser", parseQuery);
  app.response.json = function (body: unknown) {
    sendJson(this, this.statusCode, JSON.stringify(body));
    return this;
  };

  app.use(meetRequest(world));
  app.use(routeRequest);
  createExpressEndpoints(contract, tokenRoutes(world), app, {
    globalMiddleware: [readBody, authenticate(world), authorize(world)],
    responseValidation: true,
    requestValidationErrorHandler: (error, _req, _res, next) => next(error),
  });
  app.use(answerError(world));
  return app;
}

const meetRequest =
  ({ marksReplies }: World): RequestHandler =>
  (_req, res, next) => {
    openExchange(res);
    if (marksReplies) res.setHeader("x-dayzero-double", version);
    next();
  };
