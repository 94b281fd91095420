import { parseQuery } from "@dayzero-tokens/fastapi";
import express, { type Express, type RequestHandler, type Response } from "express";
import type { GuardOptions } from "./control/guard.ts";
import { authenticate } from "./exchange/access/authenticate.ts";
import { authorize } from "./exchange/access/authorize.ts";
import { limitRate } from "./exchange/access/limit-rate.ts";
import { answerError } from "./exchange/answer-error.ts";
import { crossOrigin } from "./exchange/cross-origin.ts";
import { leaveGate, record } from "./exchange/deliver-answer.ts";
import { exchangeOf, openExchange } from "./exchange/exchange.ts";
import { injectFault } from "./exchange/faults/inject-fault.ts";
import { inOrder } from "./exchange/in-order.ts";
import { performOperation } from "./exchange/perform-operation.ts";
import { readBody } from "./exchange/read-body.ts";
import { routeRequest } from "./exchange/route-request.ts";
import { tokenRoutes } from "./exchange/token-routes.ts";
import { version } from "./world/version.ts";
import type { World } from "./world/world.ts";

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
