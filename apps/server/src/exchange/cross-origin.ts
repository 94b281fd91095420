import type { RequestHandler } from "express";
import { deliver } from "./deliver-answer.ts";

/** Lets pages of one origin (or of any, `*`) call the API. Upstream's own CORS is not documented, so this is off by default. */
export const crossOrigin =
  (origin: string): RequestHandler =>
  (req, res, next) => {
    if (origin !== "*") res.setHeader("vary", "Origin");
    if (origin !== "*" && req.headers.origin !== origin) return next();
    res.setHeader("access-control-allow-origin", origin);
    res.setHeader("access-control-expose-headers", "*");
    if (req.method !== "OPTIONS" || req.headers["access-control-request-method"] === undefined) return next();
    const headers = {
      "access-control-allow-methods": "GET, POST",
      "access-control-allow-headers": req.headers["access-control-request-headers"] ?? "*",
      "access-control-max-age": "600",
    };
    deliver(res, { status: 204, headers, text: "" });
  };
