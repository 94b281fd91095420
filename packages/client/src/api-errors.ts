// biome-ignore-all lint/complexity/noThisInStatic: subclasses inherit hasInstance, and each class introduces itself.
import { identify } from "./brand.ts";
import { DayZeroError, type ErrorFacts } from "./errors.ts";
import type { ValidationIssue } from "./wire.ts";

/** What an ApiError is made of, beside its message and its status. */
export interface ApiErrorFacts extends ErrorFacts {
  /** {@link ApiError.detail} */
  readonly detail: string;
  /** {@link ApiError.retryAfter} */
  readonly retryAfter?: number | undefined;
}

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
  readonly detail: string;
  /** How long the server asked to wait before the next request, in milliseconds, where it asked. */
  readonly retryAfter: number | undefined;

  constructor(message: string, facts: ApiErrorFacts & { readonly status: number }) {
    super(message, facts);
    this.detail = facts.detail;
    this.retryAfter = facts.retryAfter;
  }

  static {
    identify(this, "ApiError", "api");
  }
}

/** 400: the request makes no sense, or a business rule refuses it: the limit of active tokens, say. */
export class BadRequestError extends ApiError {
  declare readonly code: "bad_request";
  declare readonly status: 400;

  constructor(message: string, facts: ApiErrorFacts) {
    super(message, { ...facts, status: 400 });
  }

  static {
    identify(this, "BadRequestError", "bad_request");
  }
}

/** 401: the credential is missing, malformed, expired or revoked. */
export class AuthenticationError extends ApiError {
  declare readonly code: "authentication";
  declare readonly status: 401;

  constructor(message: string, facts: ApiErrorFacts) {
    super(message, { ...facts, status: 401 });
  }

  static {
    identify(this, "AuthenticationError", "authentication");
  }
}

/** 403: the credential is good, but may not do this, or not in this business. */
export class PermissionDeniedError extends ApiError {
  declare readonly code: "permission_denied";
  declare readonly status: 403;

  constructor(message: string, facts: ApiErrorFacts) {
    super(message, { ...facts, status: 403 });
  }

  static {
    identify(this, "PermissionDeniedError", "permission_denied");
  }
}

/** 404: there is no such token for this caller in this business. */
export class NotFoundError extends ApiError {
  declare readonly code: "not_found";
  declare readonly status: 404;

  constructor(message: string, facts: ApiErrorFacts) {
    super(message, { ...facts, status: 404 });
  }

  static {
    identify(this, "NotFoundError", "not_found");
  }
}

/** 422: fields of the request are missing or wrong. */
export class ValidationError extends ApiError {
  declare readonly code: "validation";
  declare readonly status: 422;
  /** What is wrong, and where. The echoed `input` is left out: it may be a secret. */
  readonly issues: readonly ValidationIssue[];

  constructor(message: string, facts: ApiErrorFacts & { readonly issues: readonly ValidationIssue[] }) {
    super(message, { ...facts, status: 422 });
    this.issues = facts.issues;
  }

  static {
    identify(this, "ValidationError", "validation");
  }
}

/** 429: too many requests, still so after the retries. `retryAfter` says when to come back, where the server does. */
export class RateLimitError extends ApiError {
  declare readonly code: "rate_limit";
  declare readonly status: 429;

  constructor(message: string, facts: ApiErrorFacts) {
    super(message, { ...facts, status: 429 });
  }

  static {
    identify(this, "RateLimitError", "rate_limit");
  }
}

/** 5xx: the server failed; a read, still so after the retries. A write may have been carried out: see `outcome`. */
export class ServerError extends ApiError {
  declare readonly code: "server";
  static {
    identify(this, "ServerError", "server");
  }
}
