export { contract, documentedErrors, type Operation, type RouteMetadata } from "./contract.ts";
export { longestLatencyMs, mostFaults } from "./control/limits.ts";
export { SuccessEnvelope } from "./envelope.ts";
export { ErrorBody, HTTPValidationError, ValidationError } from "./errors.ts";
export { type Complaint, flag, integer, text } from "./pydantic.ts";
export { PythonFloat } from "./python-float.ts";
export {
  APITokenCreate,
  APITokenCreateResponse,
  APITokenListResponse,
  APITokenResponse,
  APITokenRevokeRequest,
  APITokenRevokeResponse,
  ListTokensQuery,
} from "./tokens.ts";
