import type { AnyDayZeroError } from "./any-error.ts";
import type {
  ApiError,
  AuthenticationError,
  BadRequestError,
  NotFoundError,
  PermissionDeniedError,
  RateLimitError,
  ServerError,
  ValidationError,
} from "./api-errors.ts";
import type { AbortedError, ConnectionError, TimeoutError } from "./errors.ts";
import type { TokenPage } from "./pages.ts";
import type { APITokenCreateResponse, APITokenRevokeResponse, ErrorBody, HTTPValidationError } from "./wire.ts";

/** The call was answered as asked. */
export interface Success<Status extends number, Body> {
  /** Whether it is a success. */
  readonly ok: true;
  /** The route's documented success status; `response.status` of `.withResponse()` is the one that came. */
  readonly status: Status;
  /** The data. */
  readonly body: Body;
  /** The answer's headers, with secrets masked. */
  readonly headers: Response["headers"];
  /** The server's `x-request-id`, where it sends one. */
  readonly requestId: string | undefined;
  /** None. */
  readonly error?: undefined;
}

/** The API refused, with a status and a body that are documented for the route. */
export interface Refusal<Status extends number, Body, Refused extends ApiError> {
  /** Whether it is a success. */
  readonly ok: false;
  /** The HTTP status. */
  readonly status: Status;
  /** As the server sent it, but for secrets, which are masked. */
  readonly body: Body;
  /** The answer's headers, with secrets masked. */
  readonly headers: Response["headers"];
  /** The server's `x-request-id`, where it sends one. */
  readonly requestId: string | undefined;
  /** What awaiting the call would have thrown. */
  readonly error: Refused;
}

/** No complete answer came: the connection failed, time ran out, or the signal aborted. */
export interface NoAnswer {
  /** Whether it is a success. */
  readonly ok: false;
  /** There is no HTTP status. */
  readonly status: "network";
  /** None. */
  readonly body?: undefined;
  /** None. */
  readonly headers?: undefined;
  /** None. */
  readonly requestId?: undefined;
  /** What awaiting the call would have thrown; its `outcome` says whether the call may have been carried out. */
  readonly error: AbortedError | ConnectionError | TimeoutError;
}

type Digit = 0 | 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9;
type NumberOf<Text extends string> = Text extends `${infer Value extends number}` ? Value : never;

/** 500 to 599. */
export type ServerStatus = NumberOf<`5${Digit}${Digit}`>;

/** The server can't answer now: 429, or any 5xx. */
export interface Unavailable<Status extends number, Failure extends RateLimitError | ServerError> {
  /** Whether it is a success. */
  readonly ok: false;
  /** The HTTP status. */
  readonly status: Status;
  /** None: see `error.detail`. */
  readonly body?: undefined;
  /** The answer's headers, with secrets masked. */
  readonly headers: Response["headers"];
  /** The server's `x-request-id`, where it sends one. */
  readonly requestId: string | undefined;
  /** What awaiting the call would have thrown. */
  readonly error: Failure;
}

/**
 * Anything else: a status that is not documented for the route, an answer that is not what it says
 * (ResponseFormatError), or options and arguments that can't be used (ConfigError).
 */
export interface OtherFailure {
  /** Whether it is a success. */
  readonly ok: false;
  /** The HTTP status, where there is one, is that of the error. */
  readonly status: "other";
  /** None: see `error.detail`. */
  readonly body?: undefined;
  /** The answer's headers, where there is an answer, with secrets masked. */
  readonly headers: Response["headers"] | undefined;
  /** The server's `x-request-id`, where it sends one. */
  readonly requestId: string | undefined;
  /** What awaiting the call would have thrown. */
  readonly error: AnyDayZeroError;
}

/** What every route may answer with. */
export type CommonRefusal =
  | Refusal<400, ErrorBody, BadRequestError>
  | Refusal<401, ErrorBody, AuthenticationError>
  | Refusal<403, ErrorBody, PermissionDeniedError>
  | Refusal<422, HTTPValidationError, ValidationError>
  | Unavailable<429, RateLimitError>
  | Unavailable<ServerStatus, ServerError>
  | NoAnswer
  | OtherFailure;

/** What became of `tokens.create`, told apart by `status`. */
export type CreateResult = Success<201, APITokenCreateResponse> | CommonRefusal;

/** What became of `tokens.list`, told apart by `status`. */
export type ListResult = Success<200, TokenPage> | CommonRefusal;

/** What became of `tokens.revoke`, told apart by `status`. */
export type RevokeResult =
  | Success<201, APITokenRevokeResponse>
  | Refusal<404, ErrorBody, NotFoundError>
  | CommonRefusal;
