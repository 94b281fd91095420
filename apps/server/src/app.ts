import express, { type Express, type RequestHandler, type Response } from "express";
import { authenticate } from "./access/authenticate.ts";
import { authorize } from "./access/authorize.ts";
import type { GuardOptions } from "./control/guard.ts";
import { injectFault } from "./control/inject-fault.ts";
import { limitRate } from "./control/limit-rate.ts";
import { crossOrigin } from "./cross-origin.ts";
import { leaveGate, record } from "./deliver-answer.ts";
import { exchangeOf, openExchange } from "./exchange.ts";
import { answerError } from "./fastapi/answer-error.ts";
import { parseQuery } from "./fastapi/query.ts";
import { readBody } from "./fastapi/read-body.ts";
import { routeRequest } from "./fastapi/route-request.ts";
import { inOrder } from "./in-order.ts";
import { performOperation } from "./perform-operation.ts";
import { tokenRoutes } from "./tokens/token-routes.ts";
import { version } from "./version.ts";
import type { World } from "./world.ts";

export interface AppOptions extends GuardOptions {
  /** The origin whose pages may call the API. */
  readonly cors?: string;
}

/** The double as an Express app. It reads in the order in which a request meets it. */
export function createApp(world: World, { cors, ...guardOptions }: AppOptions = {}): Express {
  const app = express();
  app.disable("x-powered-by").disable("etag").set("query parser", parseQuery);

  // First, so that no fault and no journal ever meets a control request.
  const control = lateControlApp(world, guardOptions);
  app.use((req, res, next) => (isControl(req.url) ? control(req, res, next) : next()));
  app.use(meetRequest(world));
  if (cors !== undefined) app.use(crossOrigin(cors));
  app.use(routeRequest);
  const steps = [limitRate(world), injectFault, readBody, enterGate, authenticate(world), authorize(world)];
  app.use(inOrder([...steps, performOperation(tokenRoutes(world))]));
  app.use(answerError(world));
  return app;
}

/** The control plane is loaded when it is first called, so that a double is up sooner. */
function lateControlApp(world: World, guardOptions: GuardOptions): RequestHandler {
  let loading: Promise<RequestHandler> | undefined;
  return (req, res, next) => {
    loading ??= import("./control/control-app.ts").then((late) => late.createControlApp(world, guardOptions));
    loading.then((control) => control(req, res, next)).catch(next);
  };
}

const isControl = (url: string) => /^\/_double(?:[/?]|$)/.test(url);

const meetRequest =
  (world: World): RequestHandler =>
  (_req, res, next) => {
    openExchange(res, world);
    if (world.marksReplies) res.setHeader("x-dayzero-double", version);
    // "close" follows every outcome, a cut connection included.
    res.on("close", leave);
    next();
  };

function leave(this: Response): void {
  leaveGate(this);
  record(this, undefined, () => {});
}

const enterGate: RequestHandler = (req, res, next) => {
  const exchange = exchangeOf(res);
  const wait = exchange.world.gate.tryEnter();
  exchange.isInside = wait === undefined;
  return wait === undefined ? next() : wait.then(() => enterGate(req, res, next));
};
