// biome-ignore-all lint/complexity/noThisInStatic: subclasses inherit hasInstance, and each class introduces itself.
import { brands, identify, isBranded } from "./brand.ts";

/**
 * Whether the call was carried out: `"not_sent"`, surely not, no request left; `"rejected"`, surely not, the server
 * refused it; `"unknown"`, it may have been.
 */
export type Outcome = "not_sent" | "rejected" | "unknown";

/** A name for each kind of error. It never changes, and survives JSON, minification and realms. */
export type ErrorCode =
  | "aborted"
  | "api"
  | "authentication"
  | "bad_request"
  | "config"
  | "connection"
  | "not_found"
  | "permission_denied"
  | "rate_limit"
  | "response_format"
  | "server"
  | "timeout"
  | "validation";

/** What every error is made of, beside its message. */
export interface ErrorFacts {
  /** {@link DayZeroError.attempts} */
  readonly attempts: number;
  /** {@link DayZeroError.outcome} */
  readonly outcome: Outcome;
  /** {@link DayZeroError.requestId} */
  readonly requestId?: string | undefined;
  /** What it follows from. */
  readonly cause?: unknown;
  /** {@link DayZeroError.revealResponseText} */
  readonly text?: string | undefined;
}

// Beside the errors and not in them: whatever prints, clones or compares an error must not meet a new token's secret.
const texts = new WeakMap<DayZeroError, string>();

/** The base of everything that this package throws. `instanceof` holds across copies of the package. */
export abstract class DayZeroError extends Error {
  /** A stable name for the kind of error: what to switch on where `instanceof` can't go. */
  declare readonly code: ErrorCode;
  /** The HTTP status, where there was an answer. */
  readonly status: number | undefined;
  /** How many requests were sent, or begun. */
  readonly attempts: number;
  /** The server's `x-request-id`, where it sent one. */
  readonly requestId: string | undefined;
  /** Whether the call was carried out. */
  readonly outcome: Outcome;

  constructor(message: string, facts: ErrorFacts & { readonly status?: number }) {
    super(message, facts);
    this.status = facts.status;
    this.attempts = facts.attempts;
    this.requestId = facts.requestId;
    this.outcome = facts.outcome;
    if (facts.text !== undefined) texts.set(this, facts.text);
  }

  /**
   * What came of a success that ended in this error, as it came; empty where nothing did. After a `create` it may hold the
   * new token's secret, which is shown nowhere else: nothing that prints the error shows it.
   */
  revealResponseText(): string {
    return texts.get(this) ?? "";
  }

  /** What a log may keep: everything but the stack and the cause. */
  toJSON(): Record<string, unknown> {
    const { name, code, message } = this;
    return { name, code, message, ...(this as object) };
  }

  /** Whether it is an error of this class, made by whichever copy of this package. */
  static override [Symbol.hasInstance](value: unknown): boolean {
    const brand = brands.get(this);
    return brand ? isBranded(value, brand) : super[Symbol.hasInstance](value);
  }

  static {
    identify(this, "DayZeroError", "day_zero");
  }
}

/** Options or arguments that can't be used. The message never shows a credential. */
export class ConfigError extends DayZeroError {
  declare readonly code: "config";

  /** Nothing was sent, unless the facts say otherwise. */
  constructor(message: string, facts: Partial<ErrorFacts> = {}) {
    super(message, { attempts: 0, outcome: "not_sent", ...facts });
  }

  static {
    identify(this, "ConfigError", "config");
  }
}

/** No complete answer came: the connection was refused, cut or never made. `cause` is the platform's error. */
export class ConnectionError extends DayZeroError {
  declare readonly code: "connection";
  static {
    identify(this, "ConnectionError", "connection");
  }
}

/** An attempt took longer than `timeout`, or the call longer than `totalTimeout`. */
export class TimeoutError extends DayZeroError {
  declare readonly code: "timeout";
  static {
    identify(this, "TimeoutError", "timeout");
  }
}

/** The caller's signal aborted. `cause` is the signal's reason. */
export class AbortedError extends DayZeroError {
  declare readonly code: "aborted";
  static {
    identify(this, "AbortedError", "aborted");
  }
}
