import { contract } from "@dayzero-tokens/contract";
import { createExpressEndpoints } from "@ts-rest/express";
import type { IRouter, NextFunction, Request, RequestHandler, Response } from "express";
import { exchangeOf } from "./exchange.ts";
import type { tokenRoutes } from "./tokens/token-routes.ts";

/**
 * The contract's endpoints as one handler: first the steps that all have in common, then ts-rest's own. The route is
 * known by now, so they are found by it, and Express does not look for the path a second time.
 */
export function endpoints(routes: ReturnType<typeof tokenRoutes>, steps: readonly RequestHandler[]): RequestHandler {
  const chains = new Map<string, readonly RequestHandler[]>();
  const mount =
    (method: string) =>
    (path: string, ...chain: RequestHandler[]) =>
      void chains.set(`${method} ${path}`, chain);
  // All that ts-rest asks of a router. What it would `use` only hands errors on, and they go on from here anyway.
  const router = { get: mount("GET"), post: mount("POST"), use: () => {} };
  createExpressEndpoints(leavingHeadersAlone(contract), routes, router as unknown as IRouter, {
    globalMiddleware: [...steps],
    responseValidation: true,
  });

  return (req, res, next) => {
    const { operation, params = {} } = exchangeOf(res);
    const chain = operation && chains.get(`${contract[operation].method} ${contract[operation].path}`);
    if (chain === undefined) return next();
    req.params = { ...params };
    runChain(chain, req, res, next);
  };
}

/** Calls one handler after the other. The first error, handed on or thrown, ends it and goes to `done`. */
function runChain(chain: readonly RequestHandler[], req: Request, res: Response, done: NextFunction): void {
  let at = 0;
  const next = (error?: unknown): void => {
    const handler = error === undefined ? chain[at] : undefined;
    if (handler === undefined) return done(error);
    at += 1;
    try {
      const outcome: unknown = handler(req, res, next);
      if (outcome instanceof Promise) outcome.catch(done);
    } catch (thrown) {
      done(thrown);
    }
  };
  next();
}

/**
 * The contract says that each header is a string or absent, which is all that node delivers; ts-rest would copy them all
 * on every request to make sure. Whoever needs a header reads it with firstHeader, so none is handed to the handlers.
 */
const leavingHeadersAlone = (router: typeof contract): typeof contract => {
  const headers = { "~standard": { version: 1, vendor: "dayzero-tokens", validate: () => ({ value: undefined }) } };
  const routes = Object.entries(router).map(([name, route]) => [name, { ...route, headers }]);
  return Object.fromEntries(routes);
};
