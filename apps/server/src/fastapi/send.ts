import type { Response } from "express";

/** Sends a JSON text as FastAPI's JSONResponse does: no charset, no etag. */
export function sendJson(res: Response, status: number, text: string): void {
  res.statusCode = status;
  res.setHeader("content-type", "application/json");
  res.setHeader("content-length", Buffer.byteLength(text));
  res.end(text);
}

/** Sends what Starlette sends when something breaks. */
export function sendInternalServerError(res: Response): void {
  const text = "Internal Server Error";
  res.statusCode = 500;
  res.setHeader("content-type", "text/plain; charset=utf-8");
  res.setHeader("content-length", text.length);
  res.end(text);
}
