import { digestOf, prefixOf } from "../access/secret.ts";

/** How many different foreign tokens are warned about before it is only counted. */
const mostWarnings = 100;

/** What a double notices beside its answers. */
export class Noticed {
  /** Exchanges in which the double itself was at fault. */
  violations = 0;
  /** Secrets where none belong. */
  leaks = 0;
  #foreignTokens = 0;
  readonly #warned = new Set<string>();
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
    const digest = digestOf(secret);
    if (this.#warned.has(digest) || this.#warned.size >= mostWarnings) return;
    this.#warned.add(digest);
    this.#warn(
      `A request carries a token that no double minted (${prefixOf(secret)}): is somebody using a real credential?`,
    );
  }
}
