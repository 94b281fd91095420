// biome-ignore-all lint/complexity/noThisInStatic: subclasses inherit hasInstance, and each class introduces itself.
import { identify } from "./brand.ts";
import { DayZeroError } from "./errors.ts";
import type { ValidationIssue } from "./wire.ts";

/** The server answered with a refusal. Statuses without a class of their own, redirects among them, are of this one. */
export class ApiError extends DayZeroError {
  declare readonly code:
    | "api"
    | "authentication"
    | "bad_request"
    | "not_found"
    | "permission_denied"
    | "rate_limit"
    | "server"
    | "validation";
  declare readonly status: number;
  /** What the server said, at most 2048 characters, with secrets masked. */
  declare readonly detail: string;
  /** How long the server asked to wait before the next request, in milliseconds, where it asked. */
  declare readonly retryAfter: number | undefined;

  static {
    identify(this, "api");
  }
}

/** 400: the request makes no sense, or a business rule refuses it: the limit of active tokens, say. */
export class BadRequestError extends ApiError {
  declare readonly code: "bad_request";
  declare readonly status: 400;
  static {
    identify(this, "bad_request");
  }
}

/** 401: the credential is missing, malformed, expired or revoked. */
export class AuthenticationError extends ApiError {
  declare readonly code: "authentication";
  declare readonly status: 401;
  static {
    identify(this, "authentication");
  }
}

/** 403: the credential is good, but may not do this, or not in this business. */
export class PermissionDeniedError extends ApiError {
  declare readonly code: "permission_denied";
  declare readonly status: 403;
  static {
    identify(this, "permission_denied");
  }
}

/** 404: there is no such token for this caller in this business. */
export class NotFoundError extends ApiError {
  declare readonly code: "not_found";
  declare readonly status: 404;
  static {
    identify(this, "not_found");
  }
}

/** 422: fields of the request are missing or wrong. */
export class ValidationError extends ApiError {
  declare readonly code: "validation";
  declare readonly status: 422;
  /** What is wrong, and where. The echoed `input` is left out: it may be a secret. */
  declare readonly issues: readonly ValidationIssue[];
  static {
    identify(this, "validation");
  }
}

/** 429: too many requests, still so after the retries. `retryAfter` says when to come back, where the server does. */
export class RateLimitError extends ApiError {
  declare readonly code: "rate_limit";
  declare readonly status: 429;
  static {
    identify(this, "rate_limit");
  }
}

/** 5xx: the server failed, still so after the retries. A write may have been carried out: see `outcome`. */
export class ServerError extends ApiError {
  declare readonly code: "server";
  static {
    identify(this, "server");
  }
}
