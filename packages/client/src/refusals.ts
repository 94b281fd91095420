import {
  ApiError,
  AuthenticationError,
  BadRequestError,
  NotFoundError,
  PermissionDeniedError,
  RateLimitError,
  ServerError,
  ValidationError,
} from "./api-errors.ts";
import type { Outcome } from "./errors.ts";
import { parseJson } from "./parse-json.ts";
import { scrub } from "./secrets.ts";
import { misfit, type Shape } from "./shape.ts";
import type { HTTPValidationError, ValidationIssue } from "./wire.ts";

const classes: Readonly<Record<number, typeof ApiError>> = {
  400: BadRequestError,
  401: AuthenticationError,
  403: PermissionDeniedError,
  404: NotFoundError,
  422: ValidationError,
  429: RateLimitError,
};

export const classOf = (status: number): typeof ApiError => classes[status] ?? (status > 499 ? ServerError : ApiError);

/** A refusal means that nothing was done; a server that failed may have done it before it did. */
export const outcomeOf = (status: number, retryAfter: number | undefined): Outcome =>
  /^4(?!08)/.test(String(status)) || (status === 503 && retryAfter !== undefined) ? "rejected" : "unknown";

const complaint: Shape = { detail: "string" };
const complaints: Shape = { detail: [{ loc: [], msg: "string", type: "string" }] };

/** What a refusal says, with secrets masked. */
export interface Said {
  /** The parsed body, where it has the form that is documented for the status. */
  readonly body?: unknown;
  /** One line for people, or whatever there is. */
  readonly detail: string;
  /** The complaints of a 422, without the echoed input. */
  readonly issues?: readonly ValidationIssue[];
}

export function readRefusal(status: number, text: string): Said {
  const said = scrub(text);
  const body = parseJson(said);
  if (status !== 422)
    return misfit(body, complaint) === undefined ? { body, detail: Object(body).detail } : { detail: said };
  if (misfit(body, complaints) !== undefined) return { detail: said, issues: [] };
  const { detail } = body as HTTPValidationError;
  const issues = detail.map(({ input, ...issue }) => issue);
  return { body, issues, detail: issues.map(({ loc, msg }) => `${loc.join(".")}: ${msg}`).join("; ") };
}
