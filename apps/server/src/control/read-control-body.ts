import type { RequestHandler } from "express";
import { maskText } from "../world/mask.ts";

/** In bytes. A snapshot may be as large as the state is. */
const largest = 1024 * 1024;
const largestSnapshot = 256 * 1024 * 1024;

/** Reads a JSON body; an empty one is none at all. */
export const readControlBody: RequestHandler = async (req, res, next) => {
  const limit = req.path === "/_double/state" ? largestSnapshot : largest;
  const chunks: Buffer[] = [];
  let length = 0;
  try {
    for await (const chunk of req) {
      length += chunk.length;
      if (length > limit) {
        res.setHeader("connection", "close");
        return void res.status(413).json({ detail: `The body is larger than ${limit} bytes` });
      }
      chunks.push(chunk);
    }
  } catch {
    // The client left half-way: nobody is there to answer.
    return;
  }
  if (length === 0) return next();
  try {
    req.body = JSON.parse(Buffer.concat(chunks).toString());
  } catch (error) {
    return void res.status(422).json({ detail: maskText(`The body is no JSON: ${Object(error).message}`) });
  }
  next();
};
