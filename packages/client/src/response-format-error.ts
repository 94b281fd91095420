// biome-ignore-all lint/complexity/noThisInStatic: the class introduces itself.
import { identify } from "./brand.ts";
import { DayZeroError, type ErrorFacts } from "./errors.ts";

/** What a ResponseFormatError is made of, beside its message. */
export interface ResponseFormatFacts extends ErrorFacts {
  /** {@link DayZeroError.status} */
  readonly status: number;
  /** {@link ResponseFormatError.contentType} */
  readonly contentType: string;
  /** What {@link ResponseFormatError.revealResponseText} gives. */
  readonly text: string;
}

// Beside the errors and not in them: whatever prints, clones or compares an error must not meet a new token's secret.
const texts = new WeakMap<ResponseFormatError, string>();

/** A success that is not what it says: not JSON, not the route's shape, too large, or a cursor that leads nowhere new. */
export class ResponseFormatError extends DayZeroError {
  declare readonly code: "response_format";
  declare readonly status: number;
  /** The answer's `content-type`; empty where it has none. */
  readonly contentType: string;

  constructor(message: string, facts: ResponseFormatFacts) {
    super(message, facts);
    this.contentType = facts.contentType;
    texts.set(this, facts.text);
  }

  /**
   * The text of the answer as it came. After a `create` it may hold the new token's secret, which is shown nowhere else:
   * nothing that prints the error shows it.
   */
  revealResponseText(): string {
    return texts.get(this) ?? "";
  }

  static {
    identify(this, "ResponseFormatError", "response_format");
  }
}
