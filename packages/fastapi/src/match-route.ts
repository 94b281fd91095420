import { percentDecode } from "./percent-decode.ts";

/** A route as Starlette knows it. */
export interface Route {
  readonly method: string;
  readonly path: string;
}

export type Match<T extends Route> =
  | { readonly kind: "route"; readonly route: T; readonly params: Readonly<Record<string, string>> }
  | { readonly kind: "redirect"; readonly path: string }
  | { readonly kind: "method-not-allowed"; readonly allow: string }
  | { readonly kind: "not-found" };

/**
 * Finds a route as Starlette's router does: the decoded path is matched (so `%2F` is a slash), the first route whose
 * path matches answers a wrong method, and a path that would match without its trailing slashes is redirected.
 */
export function createRouteMatcher<T extends Route>(routes: readonly T[]) {
  const patterns = routes.map((route) => ({ route, pattern: patternOf(route.path) }));
  const find = (path: string) => patterns.find(({ pattern }) => pattern.test(path))?.route;

  return (method: string, rawPath: string): Match<T> => {
    const path = percentDecode(rawPath);
    for (const { route, pattern } of patterns) {
      const match = route.method === method ? pattern.exec(path) : null;
      if (match !== null) return { kind: "route", route, params: { ...match.groups } };
    }
    const found = find(path);
    if (found !== undefined) return { kind: "method-not-allowed", allow: found.method };
    const other = path.endsWith("/") ? path.replace(trailingSlashes, "") : `${path}/`;
    return find(other) === undefined ? { kind: "not-found" } : { kind: "redirect", path: other };
  };
}

// The lookbehind has a run of slashes in the middle looked at once, not once for each slash.
const trailingSlashes = /(?<!\/)\/+$/;

/** Python's `$` also matches before a newline at the very end. */
const patternOf = (path: string) =>
  new RegExp(`^${path.replace(/[.*+?^${}()|[\]\\]/g, "\\$&").replace(/:(\w+)/g, "(?<$1>[^/]+)")}\\n?$`);
