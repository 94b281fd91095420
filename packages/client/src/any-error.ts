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
import { brandOf, isBranded } from "./brand.ts";
import type { AbortedError, ConfigError, ConnectionError, TimeoutError } from "./errors.ts";
import type { ResponseFormatError } from "./response-format-error.ts";

/** Every error of this package, told apart by `code`: in `case "rate_limit"` there is a `retryAfter`. */
export type AnyDayZeroError =
  | (ApiError & {
      /** None of those that have a class of their own. */
      readonly code: "api";
    })
  | AbortedError
  | AuthenticationError
  | BadRequestError
  | ConfigError
  | ConnectionError
  | NotFoundError
  | PermissionDeniedError
  | RateLimitError
  | ResponseFormatError
  | ServerError
  | TimeoutError
  | ValidationError;

/** Whether this package threw it: any copy of the package, in any realm. */
export const isDayZeroError = (value: unknown): value is AnyDayZeroError => isBranded(value, brandOf("day_zero"));
