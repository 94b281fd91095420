import type { IncomingMessage } from "node:http";
import { contract } from "@dayzero-tokens/contract";
import {
  BeyondPython,
  decodeJsonBytes,
  decodeUtf8,
  firstHeader,
  isJson,
  PythonJsonError,
  readJson,
  UndecodableText,
} from "@dayzero-tokens/fastapi";
import { PythonFloat } from "@dayzero-tokens/fastapi/scalars";
import type { RequestHandler } from "express";
import { exchangeOf } from "./exchange.ts";
import { Refusal } from "./refusal.ts";

/** FastAPI has no limit; a double must not run out of memory. In bytes. */
const largest = 8 * 1024 * 1024;

/** Reads the body as FastAPI does, before it looks at anything else: parsed where it is JSON, else as a string. */
export const readBody: RequestHandler = (req, res, next) => {
  const exchange = exchangeOf(res);
  if (exchange.operation === undefined || !("body" in contract[exchange.operation])) return next();
  receive(req, (bytes) => {
    if (bytes === "too large") {
      return next(new Refusal("body.too-large", 413, "Request body too large", { connection: "close" }));
    }
    if (bytes.length === 0) return next();
    exchange.bodyLength = bytes.length;
    try {
      exchange.body = isJson(firstHeader(req, "content-type")) ? readJson(decodeJsonBytes(bytes)) : asString(bytes);
    } catch (error) {
      return next(refusalOf(error));
    }
    req.body = exchange.body instanceof PythonFloat ? exchange.body.value : exchange.body;
    next();
  });
};

/** FastAPI echoes such a body as a string and fails when it is none; so does a lone surrogate here. */
const asString = (bytes: Buffer) => decodeUtf8(bytes) ?? "\ud800";

function refusalOf(error: unknown): unknown {
  if (error instanceof PythonJsonError) {
    const place = { type: "json_invalid", loc: ["body", error.position], msg: "JSON decode error" };
    return new Refusal("body.invalid-json", 422, [{ ...place, input: {}, ctx: { error: error.message } }]);
  }
  if (error instanceof UndecodableText || error instanceof BeyondPython) {
    return new Refusal("body.unreadable", 400, "There was an error parsing the body");
  }
  return error;
}

/** Calls `done` once, with the whole body; never, when the client leaves half-way: nobody is there to answer. */
function receive(req: IncomingMessage, done: (body: Buffer | "too large") => void): void {
  const chunks: Buffer[] = [];
  let length = 0;
  req.on("data", (chunk: Buffer) => {
    const isNews = length <= largest;
    length += chunk.length;
    if (length <= largest) chunks.push(chunk);
    else if (isNews) done("too large");
  });
  req.on("end", () => {
    if (length <= largest) done(chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks));
  });
}
