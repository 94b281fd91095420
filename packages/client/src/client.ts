import { configure } from "./config.ts";
import type { DayZeroOptions } from "./options.ts";
import { type Tokens, tokensOf } from "./tokens.ts";

// Beside the clients and not in them: nothing that prints a client may show its credential.
const completed = new WeakMap<DayZero, DayZeroOptions>();

/** A client of the DayZero API's `api-tokens` routes. It holds its credential where nothing that prints can see it. */
export class DayZero {
  /** Where the API is: without a trailing slash. */
  readonly baseUrl: string;
  /** The business that calls act in, unless they name another. */
  readonly businessId: string | undefined;
  /** The API tokens of the caller. */
  readonly tokens: Tokens;

  /** Throws ConfigError where an option can't be used. Sends nothing. */
  constructor(options: DayZeroOptions = {}) {
    const config = configure(options);
    const { apiToken, baseUrl, businessId } = config;
    completed.set(this, { ...options, apiToken, baseUrl, businessId });
    this.baseUrl = baseUrl;
    this.businessId = businessId;
    this.tokens = tokensOf(config);
  }

  /**
   * A client like this one but for what is given: another credential, another business, other limits. What is given is
   * taken whole, `headers` too; what is undefined is not given.
   */
  withOptions(options: DayZeroOptions): DayZero {
    const given = Object.entries(options).filter(([, value]) => value !== undefined);
    return new DayZero({ ...completed.get(this), ...Object.fromEntries(given) });
  }
}
