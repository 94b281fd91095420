import { percentDecode } from "./percent-decode.ts";

/** A query string as Starlette reads it: only `&` separates, blank values are kept, the last of a repeated name counts. */
export function parseQuery(text: string | null | undefined): Record<string, string> {
  const query: Record<string, string> = Object.create(null);
  for (const part of (text ?? "").split("&")) {
    if (part === "") continue;
    const equals = part.indexOf("=");
    const name = equals === -1 ? part : part.slice(0, equals);
    query[decode(name)] = equals === -1 ? "" : decode(part.slice(equals + 1));
  }
  return query;
}

const decode = (text: string) => percentDecode(text.replaceAll("+", " "));
