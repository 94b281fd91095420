import type { IncomingMessage } from "node:http";

/** The value of a header; of a repeated one the first counts, as in Starlette. undefined when absent. */
export function firstHeader(req: IncomingMessage, name: string): string | undefined {
  const value = req.headers[name];
  if (value === undefined) return undefined;
  // Node joins repeated headers with a comma; only then is there anything to take apart.
  return typeof value === "string" && !value.includes(",") ? value : req.headersDistinct[name]?.[0];
}
