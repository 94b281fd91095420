import { initContract } from "@ts-rest/core";
import * as z from "zod";
import { ErrorBody, HTTPValidationError } from "./errors.ts";
import {
  APITokenCreate,
  APITokenCreateResponse,
  APITokenListResponse,
  APITokenRevokeRequest,
  APITokenRevokeResponse,
  ListTokensQuery,
} from "./tokens.ts";

const c = initContract();

/** What upstream's OpenAPI says of a route beyond its shapes. */
export interface RouteMetadata {
  readonly operationId: string;
  readonly tags: readonly string[];
  /** A description for each status; what the route answers and upstream does not document has none. */
  readonly responses: Readonly<Record<number, string>>;
  /** Bodies to show, by status. */
  readonly examples?: Readonly<Record<number, unknown>>;
}

/** The example bodies that upstream documents, by status. */
export const documentedErrors = {
  400: { detail: "Invalid request parameters" },
  401: { detail: "Not authenticated" },
  403: { detail: "Not enough permissions" },
  404: { detail: "Resource not found" },
} as const satisfies Record<number, ErrorBody>;

// Upstream declares all headers optional: without one, the service refuses (401 or 400), not the framework (422).
const headers = {
  authorization: z.string().nullish().meta({ description: "Bearer dz_<JWT>" }),
  "x-business-id": z.string().nullish().meta({ description: "UUID of the business context" }),
  "x-user-email": z.string().nullish().meta({ description: "For audit trail" }),
};

const errors = {
  400: "Bad Request - Invalid input",
  401: "Unauthorized - Authentication required",
  403: "Forbidden - Insufficient permissions",
  422: "Validation Error",
};

const route = (operationId: string, responses: Record<number, string>): RouteMetadata => ({
  operationId,
  tags: ["api-tokens"],
  responses,
  examples: documentedErrors,
});

/**
 * The three routes of upstream's `api-tokens` tag. The order matters: like FastAPI, a path that matches with another
 * method is answered by the first route declared with that path.
 */
export const contract = c.router({
  createToken: {
    method: "POST",
    path: "/api/v1/tokens",
    summary: "Create token",
    description: "Create a new API token",
    metadata: route("create_token_api_v1_tokens_post", { 201: "Successful Response", ...errors }),
    headers,
    body: APITokenCreate,
    responses: {
      201: APITokenCreateResponse,
      400: ErrorBody,
      401: ErrorBody,
      403: ErrorBody,
      422: HTTPValidationError,
    },
    strictStatusCodes: true,
  },
  listTokens: {
    method: "GET",
    path: "/api/v1/tokens",
    summary: "List tokens",
    description: "List all API tokens for current user",
    metadata: route("list_tokens_api_v1_tokens_get", {
      200: "Successful Response",
      401: errors[401],
      403: errors[403],
      422: errors[422],
    }),
    headers,
    query: ListTokensQuery,
    // 400 is not documented for this route; an unknown sort or cursor has to be refused somehow (an inference).
    responses: { 200: APITokenListResponse, 400: ErrorBody, 401: ErrorBody, 403: ErrorBody, 422: HTTPValidationError },
    strictStatusCodes: true,
  },
  revokeToken: {
    method: "POST",
    path: "/api/v1/tokens/:token_id/revoke",
    summary: "Revoke token",
    description: "Revoke an API token",
    metadata: route("revoke_token_api_v1_tokens__token_id__revoke_post", {
      201: "Successful Response",
      ...errors,
      404: "Not Found - Resource doesn't exist",
    }),
    pathParams: z.object({ token_id: z.string() }),
    headers,
    body: APITokenRevokeRequest.nullish(),
    responses: {
      201: APITokenRevokeResponse,
      400: ErrorBody,
      401: ErrorBody,
      403: ErrorBody,
      404: ErrorBody,
      422: HTTPValidationError,
    },
    strictStatusCodes: true,
  },
});

/** The contract's name of a route: `createToken`, `listTokens` or `revokeToken`. */
export type Operation = keyof typeof contract;
