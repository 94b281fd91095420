// biome-ignore-all lint/complexity/noThisInStatic: the class introduces itself.
import { identify } from "./brand.ts";
import { DayZeroError, type ErrorFacts } from "./errors.ts";

/** What a ResponseFormatError is made of, beside its message. */
export interface ResponseFormatFacts extends ErrorFacts {
  /** {@link DayZeroError.status} */
  readonly status: number;
  /** {@link ResponseFormatError.contentType} */
  readonly contentType: string;
  /** {@link DayZeroError.revealResponseText} */
  readonly text: string;
}

/** A success that is not what it says: not JSON, not the route's shape, too large, or a cursor that leads nowhere new. */
export class ResponseFormatError extends DayZeroError {
  declare readonly code: "response_format";
  declare readonly status: number;
  /** The answer's `content-type`; empty where it has none. */
  readonly contentType: string;

  constructor(message: string, facts: ResponseFormatFacts) {
    super(message, facts);
    this.contentType = facts.contentType;
  }

  static {
    identify(this, "ResponseFormatError", "response_format");
  }
}
