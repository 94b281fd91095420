export {
  ApiError,
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
  isDayZeroError,
  type Outcome,
  ResponseFormatError,
  TimeoutError,
} from "./errors.ts";
export type {
  ApiToken,
  CallOptions,
  DayZeroOptions,
  Fetch,
  FetchInit,
  Logger,
  RequestEvent,
  ResponseEvent,
  SharedOptions,
} from "./options.ts";
export type { ListPromise, TokenPage } from "./pages.ts";
export type {
  CommonRefusal,
  CreateResult,
  ListResult,
  NoAnswer,
  OtherFailure,
  Refusal,
  RevokeResult,
  Success,
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
