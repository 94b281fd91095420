import { configure } from "./config.ts";
import type { DayZeroOptions } from "./options.ts";
import { type Tokens, tokensOf } from "./tokens.ts";

/** A client of the DayZero API's `api-tokens` routes. It holds its credential where nothing that prints can see it. */
export class DayZero {
  /** Where the API is: without a trailing slash. */
  readonly baseUrl: string;
  /** The business that calls act in, unless they name another. */
  readonly businessId: string | undefined;
  /** The API tokens of the caller. */
  readonly tokens: Tokens;

  /** Throws ConfigError where an option is missing or can't be used. Sends nothing. */
  constructor(options: DayZeroOptions = {}) {
    const config = configure(options);
    this.baseUrl = config.baseUrl;
    this.businessId = config.businessId;
    this.tokens = tokensOf(config);
  }
}
