// biome-ignore-all lint/complexity/noThisInStatic: subclasses inherit hasInstance, and each class introduces itself.
import type { ValidationIssue } from "./wire.ts";

/**
 * Whether the call was carried out: `"not_sent"`, surely not, no request left; `"rejected"`, surely not, the server
 * refused it; `"unknown"`, it may have been.
 */
export type Outcome = "not_sent" | "rejected" | "unknown";

/** A name for each kind of error. It never changes, and survives serialisation, minification and realms. */
export type ErrorCode =
  | "aborted"
  | "api"
  | "authentication"
  | "bad_request"
  | "config"
  | "connection"
  | "day_zero"
  | "not_found"
  | "permission_denied"
  | "rate_limit"
  | "response_format"
  | "server"
  | "timeout"
  | "validation";

/** What an error is made of, beside its message. */
export interface ErrorFacts {
  /** What it follows from. */
  readonly cause?: unknown;
  /** {@link DayZeroError.status} */
  readonly status?: number | undefined;
  /** {@link DayZeroError.attempts} */
  readonly attempts?: number;
  /** {@link DayZeroError.requestId} */
  readonly requestId?: string | undefined;
  /** {@link DayZeroError.outcome} */
  readonly outcome?: Outcome;
  /** {@link ResponseFormatError.contentType} */
  readonly contentType?: string;
  /** Of an ApiError. */
  readonly detail?: string;
  /** Of an ApiError, in milliseconds. */
  readonly retryAfter?: number | undefined;
  /** Of a ValidationError. */
  readonly issues?: readonly ValidationIssue[];
}

const brands = new Map<unknown, symbol>();
const brandOf = (code: string) => Symbol.for(`@dayzero-tokens/client:${code}`);
const isBranded = (value: unknown, brand: symbol): boolean => Object(value)[brand] === true;

/**
 * Gives a class its code, its name, and the brand by which copies of this package know each other's errors. All are on
 * the prototype and made from the code, so that neither minifiers nor copies of the package change them.
 */
export function identify(errorClass: typeof DayZeroError, code: ErrorCode): void {
  const brand = brandOf(code);
  const words = code.replace(/(?:^|_)(.)/g, (_, first) => first.toUpperCase());
  brands.set(errorClass, brand);
  Object.assign(errorClass.prototype, { name: `${words}Error`, code, [brand]: true });
}

/** The base of everything that this package throws. `instanceof` holds across copies of the package. */
export class DayZeroError extends Error {
  /** A stable name for the kind of error: what to switch on where `instanceof` can't go. */
  declare readonly code: ErrorCode;
  /** The HTTP status, where there was an answer. */
  declare readonly status: number | undefined;
  /** How many requests were sent, or begun. */
  declare readonly attempts: number;
  /** The server's `x-request-id`, where it sent one. */
  declare readonly requestId: string | undefined;
  /** Whether the call was carried out. */
  declare readonly outcome: Outcome;

  constructor(message: string, facts: ErrorFacts = {}) {
    super(message, facts);
    Object.assign(this, { attempts: 0, outcome: "not_sent" }, facts);
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
    identify(this, "day_zero");
  }
}

/** Whether this package threw it: any copy of the package, in any realm. */
export const isDayZeroError = (value: unknown): value is DayZeroError => isBranded(value, brandOf("day_zero"));

/** Options or arguments that can't be used. Nothing was sent; the message never shows a credential. */
export class ConfigError extends DayZeroError {
  declare readonly code: "config";
  static {
    identify(this, "config");
  }
}

/** No complete answer came: the connection was refused, cut or never made. `cause` is the platform's error. */
export class ConnectionError extends DayZeroError {
  declare readonly code: "connection";
  static {
    identify(this, "connection");
  }
}

/** An attempt took longer than `timeout`, or the call longer than `totalTimeout`. */
export class TimeoutError extends DayZeroError {
  declare readonly code: "timeout";
  static {
    identify(this, "timeout");
  }
}

/** The caller's signal aborted. `cause` is the signal's reason. */
export class AbortedError extends DayZeroError {
  declare readonly code: "aborted";
  static {
    identify(this, "aborted");
  }
}

/** The answer is not what it says: not JSON, not the route's shape, or a cursor that leads nowhere new. */
export class ResponseFormatError extends DayZeroError {
  declare readonly code: "response_format";
  declare readonly status: number;
  /** The answer's `content-type`; empty where it has none. */
  declare readonly contentType: string;

  static {
    identify(this, "response_format");
  }
}
