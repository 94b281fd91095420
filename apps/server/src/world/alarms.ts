import { digestOf, prefixOf } from "../tokens/secret.ts";

/** How many different foreign tokens, or routes, are warned about before they are only counted. */
const mostWarnings = 100;

/** In characters. */
const longestShown = 200;

/** What a double notices beside its answers. */
export class Noticed {
  /** Exchanges in which the double itself was at fault. */
  violations = 0;
  /** Secrets where none belong. */
  leaks = 0;
  #foreignTokens = 0;
  #unrouted = 0;
  readonly #warned = new Set<string>();
  readonly #warnedRoutes = new Set<string>();
  readonly #warn: (message: string) => void;

  constructor(warn: (message: string) => void) {
    this.#warn = warn;
  }

  /** Requests with a well-formed token that somebody else signed. */
  get foreignTokens(): number {
    return this.#foreignTokens;
  }

  /** Warns, once for each, that somebody may be sending a real credential to a double. */
  foreignToken(secret: string): void {
    this.#foreignTokens += 1;
    if (!isNews(this.#warned, digestOf(secret))) return;
    this.#warn(
      `A request carries a token that no double minted (${prefixOf(secret)}): is somebody using a real credential?`,
    );
  }

  /** Requests of the API that the double has no route for. */
  get unrouted(): number {
    return this.#unrouted;
  }

  /** Warns, once for each route, that it is the double that does not have it. */
  notHere(method: string, path: string): void {
    this.#unrouted += 1;
    const route = `${method} ${routeLike(path)}`;
    if (!isNews(this.#warnedRoutes, route)) return;
    this.#warn(`The double has no route ${route}, and answers 404; that does not say whether DayZero has it`);
  }
}

function isNews(warned: Set<string>, what: string): boolean {
  if (warned.has(what) || warned.size >= mostWarnings) return false;
  warned.add(what);
  return true;
}

/** The path as a route would have it: what may be an id, or hold a secret, is none of the route's words. */
const routeLike = (path: string) =>
  path
    .slice(0, longestShown)
    .split("/")
    .map((part) => (/^(?:v1|(?!dz_|eyJ)[A-Za-z_-]{0,40})$/.test(part) ? part : "{id}"))
    .join("/");
