import type { AnyDayZeroError } from "./any-error.ts";
import {
  ApiError,
  type ApiErrorFacts,
  AuthenticationError,
  BadRequestError,
  NotFoundError,
  PermissionDeniedError,
  RateLimitError,
  ServerError,
  ValidationError,
} from "./api-errors.ts";
import type { Outcome } from "./errors.ts";
import { isRecord } from "./is-record.ts";
import type { Mask } from "./mask.ts";
import { misfit, type Shape } from "./shape.ts";
import type { HTTPValidationError, ValidationIssue } from "./wire.ts";

/** A refusal means that nothing was done; a server that failed may have done it before it did. */
export function outcomeOf(status: number, retryAfter: number | undefined): Outcome {
  const isRefusal = status >= 400 && status < 500 && status !== 408;
  const isMaintenance = status === 503 && retryAfter !== undefined;
  return isRefusal || isMaintenance ? "rejected" : "unknown";
}

/** What a refusal says, with secrets masked. */
export interface Said {
  /** The parsed body, where it has the form that is documented for the status. */
  readonly body?: unknown;
  /** One line for people, or whatever there is. */
  readonly detail: string;
  /** The complaints of a 422, without the echoed input. */
  readonly issues: readonly ValidationIssue[];
}

const complaints: Shape = { detail: [{ loc: [], msg: "string", type: "string" }] };

// Enough for what is kept of it, however much of that is masked.
const textLooked = 16_384;

export function readRefusal(status: number, text: string, mask: Mask): Said {
  const body = mask.json(text);
  if (status === 422 && isValidationError(body)) {
    const issues = body.detail.map(({ input, ...issue }) => issue);
    return { body, issues, detail: issues.map(({ loc, msg }) => `${loc.join(".")}: ${msg}`).join("; ") };
  }
  if (isRecord(body) && typeof body["detail"] === "string") {
    return { body: status === 422 ? undefined : body, issues: [], detail: body["detail"] };
  }
  return { issues: [], detail: mask.text(text.slice(0, textLooked)) };
}

const isValidationError = (body: unknown): body is HTTPValidationError => misfit(body, complaints) === undefined;

/** The facts of a refusal. */
export interface RefusalFacts extends ApiErrorFacts {
  readonly status: number;
  readonly issues: readonly ValidationIssue[];
}

export function apiError(message: string, { status, issues, ...facts }: RefusalFacts): AnyDayZeroError {
  switch (status) {
    case 400:
      return new BadRequestError(message, facts);
    case 401:
      return new AuthenticationError(message, facts);
    case 403:
      return new PermissionDeniedError(message, facts);
    case 404:
      return new NotFoundError(message, facts);
    case 422:
      return new ValidationError(message, { ...facts, issues });
    case 429:
      return new RateLimitError(message, facts);
    default:
      return status >= 500
        ? new ServerError(message, { ...facts, status })
        : plainApiError(message, { ...facts, status });
  }
}

const plainApiError = (message: string, facts: ApiErrorFacts & { readonly status: number }) =>
  new ApiError(message, facts) as ApiError & { readonly code: "api" };
