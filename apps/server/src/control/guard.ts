import { timingSafeEqual } from "node:crypto";
import { bearerOf } from "@dayzero-tokens/fastapi";
import type { Request, RequestHandler } from "express";
import { digestOf } from "../tokens/secret.ts";
import { isLoopback } from "../world/loopback.ts";
import { consoleFiles } from "./pages.ts";

/** Whom the control plane listens to. */
export interface GuardOptions {
  /** What the bearer of a control request must be; undefined: nobody is asked. */
  readonly controlToken?: string | undefined;
  /** Names beside the loopback ones that a request may come by. */
  readonly allowedHosts?: readonly string[];
}

// What holds nothing, and whoever looks after the double asks for by a name of his own: the page asks for the token itself.
const open = new Set(["/_double/health", "/_double/ready", ...Object.keys(consoleFiles)]);
const writing = new Set(["POST", "PUT", "PATCH"]);

/**
 * Keeps web pages, and whoever has no control token, from steering the double: a page can send requests to a loopback
 * address, simple ones even without being asked, or have its own name point there.
 */
export const guard =
  ({ controlToken, allowedHosts = [] }: GuardOptions): RequestHandler =>
  (req, res, next) => {
    const refuse = (status: number, detail: string) => void res.status(status).json({ detail });
    if (isCrossSite(req)) {
      return refuse(403, "Requests from other sites may not steer the double");
    }
    const isOpen = open.has(req.path);
    const hasToken = controlToken !== undefined && isSame(bearerOf(req.headers.authorization) ?? "", controlToken);
    if (!hasToken && !isOpen && !isKnownHost(req.headers.host, allowedHosts)) {
      return refuse(
        403,
        "This name is not one that the double goes by; use a loopback address, or list it with --allow-host",
      );
    }
    if (controlToken !== undefined && !hasToken && !isOpen) {
      res.setHeader("www-authenticate", "Bearer");
      return refuse(401, "The control plane asks for its token: authorization: Bearer <control token>");
    }
    if (writing.has(req.method) && !isJson(req)) {
      return refuse(415, "The control plane takes JSON only: content-type: application/json");
    }
    next();
  };

/** Browsers say where a request comes from; whoever else sends these headers is not trusted either. */
function isCrossSite({ headers }: Request): boolean {
  const site = headers["sec-fetch-site"];
  if (site !== undefined && site !== "same-origin" && site !== "none") return true;
  const { origin, host } = headers;
  return origin !== undefined && origin !== `http://${host}` && origin !== `https://${host}`;
}

function isKnownHost(host: string | undefined, allowed: readonly string[]): boolean {
  const name = (host ?? "").replace(/:\d+$/, "");
  return (
    isLoopback(name) ||
    /.\.localhost$/i.test(name) ||
    allowed.some((other) => other.toLowerCase() === name.toLowerCase())
  );
}

const isSame = (a: string, b: string) => timingSafeEqual(Buffer.from(digestOf(a)), Buffer.from(digestOf(b)));

const isJson = (req: Request) => /^application\/json\s*(?:;|$)/i.test(req.headers["content-type"] ?? "");
