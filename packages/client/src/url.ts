import { ConfigError } from "./errors.ts";

/** The path and query of a request. A parameter stays one segment, whatever it holds. */
export function urlOf(path: string, id: string | undefined, query: object = {}): string {
  const given = Object.entries(query).filter(([, value]) => value != null);
  const search = String(new URLSearchParams(given));
  return path.replace("*", () => segment(id ?? "")) + (search && `?${search}`);
}

function segment(id: string): string {
  // Dots can't be encoded: every URL parser would still take the segment away.
  if (/^\.{0,2}$/.test(id)) throw new ConfigError(id === "" ? "id is empty" : "id can't be dots alone");
  return encodeURIComponent(id);
}
