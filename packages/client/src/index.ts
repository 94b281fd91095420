export { type AnyDayZeroError, isDayZeroError } from "./any-error.ts";
export {
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
export type { ApiPromise, WithResponse } from "./api-promise.ts";
export { DayZero } from "./client.ts";
export {
  AbortedError,
  ConfigError,
  ConnectionError,
  DayZeroError,
  type ErrorCode,
  type ErrorFacts,
  type Outcome,
  TimeoutError,
} from "./errors.ts";
export type { LogLevel } from "./log.ts";
export type {
  ApiToken,
  CallOptions,
  DayZeroOptions,
  ErrorEvent,
  Fetch,
  FetchInit,
  HeadersOption,
  Logger,
  RequestEvent,
  ResponseEvent,
  SharedOptions,
} from "./options.ts";
export type { ListPromise, TokenPage } from "./pages.ts";
export { ResponseFormatError, type ResponseFormatFacts } from "./response-format-error.ts";
export type {
  CommonRefusal,
  CreateResult,
  ListResult,
  NoAnswer,
  OtherFailure,
  Refusal,
  RevokeResult,
  ServerStatus,
  Success,
  Unavailable,
} from "./results.ts";
export type { Operation } from "./routes.ts";
export type { Tokens } from "./tokens.ts";
export { VERSION } from "./version.ts";
export type {
  APITokenCreate,
  APITokenCreateResponse,
  APITokenListResponse,
  APITokenResponse,
  APITokenRevokeRequest,
  APITokenRevokeResponse,
  ErrorBody,
  HTTPValidationError,
  ListTokensQuery,
  ValidationIssue,
} from "./wire.ts";
