export { contract, documentedErrors, type Operation, type RouteMetadata } from "./contract.ts";
export { longestLatencyMs, mostFaults } from "./control/limits.ts";
export { SuccessEnvelope } from "./envelope.ts";
export { ErrorBody, HTTPValidationError, ValidationError } from "./errors.ts";
export { type RuleId, type RuleSource, rules } from "./rules.ts";
export {
  APITokenCreate,
  APITokenCreateResponse,
  APITokenListResponse,
  APITokenResponse,
  APITokenRevokeRequest,
  APITokenRevokeResponse,
  ListTokensQuery,
} from "./tokens.ts";
