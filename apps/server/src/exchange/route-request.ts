import { contract, type Operation } from "@dayzero-tokens/contract";
import { createRouteMatcher } from "@dayzero-tokens/fastapi";
import type { RequestHandler } from "express";
import { exchangeOf } from "./exchange.ts";
import { redirectLocation } from "./redirect-location.ts";
import { Refusal } from "./refusal.ts";

const operations: readonly Operation[] = ["createToken", "listTokens", "revokeToken"];
const match = createRouteMatcher(operations.map((operation) => ({ operation, ...pathOf(operation) })));

/** Routes as Starlette does, and notes what was found. */
export const routeRequest: RequestHandler = (req, res, next) => {
  const [path, query] = splitUrl(req.url);
  const found = match(req.method, path);
  switch (found.kind) {
    case "not-found": {
      const isNotHere = path.startsWith("/api/v1/");
      if (isNotHere) exchangeOf(res).world.noticed.notHere(req.method, path);
      return next(new Refusal(isNotHere ? "route.not-here" : "route.not-found", 404, "Not Found"));
    }
    case "method-not-allowed":
      return next(new Refusal("route.method-not-allowed", 405, "Method Not Allowed", { allow: found.allow }));
    case "redirect": {
      const location = redirectLocation(req, found.path, query);
      return next(new Refusal("route.trailing-slash", 307, undefined, { location }));
    }
    case "route":
      Object.assign(exchangeOf(res), { operation: found.route.operation, params: found.params });
      return next();
  }
};

function pathOf(operation: Operation) {
  const { method, path } = contract[operation];
  return { method, path };
}

/** The path, and the query with its question mark; without the origin or the fragment that a target may have. */
function splitUrl(target: string): [string, string] {
  const url = target.startsWith("/") && !target.includes("#") ? target : target.replace(unusualParts, "");
  const mark = url.indexOf("?");
  return mark === -1 ? [url, ""] : [url.slice(0, mark), url.slice(mark)];
}

const unusualParts = /^https?:\/\/[^/?#]*|#.*/gi;
