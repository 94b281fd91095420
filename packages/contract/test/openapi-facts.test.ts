import { describe, expect, test } from "vitest";
import { openapi } from "../src/openapi.ts";
import { createTokenReference } from "./upstream/page.ts";
import { type Operation, renderPage, type Schemas } from "./upstream/render-page.ts";

/** The document as it is written: without what JSON cannot say. */
const document = JSON.parse(JSON.stringify(openapi()));
const schemas: Schemas = document.components.schemas;
const operations: Record<string, Operation & { parameters: unknown }> = {
  createToken: document.paths["/api/v1/tokens"].post,
  listTokens: document.paths["/api/v1/tokens"].get,
  revokeToken: document.paths["/api/v1/tokens/{token_id}/revoke"].post,
};

const nullable = (type: string, constraints: object = {}) => ({ anyOf: [{ type, ...constraints }, { type: "null" }] });
const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });
const json = (content: object) => ({ content: { "application/json": content } });

test("the document is OpenAPI 3.1.0 of the production server", () => {
  expect(document).toMatchObject({
    openapi: "3.1.0",
    servers: [{ url: "https://api.ondayzero.com", description: "Production" }],
  });
});

test("the document holds the three routes and nothing else", () => {
  expect(Object.entries(document.paths).map(([path, methods]) => [path, Object.keys(Object(methods))])).toEqual([
    ["/api/v1/tokens", ["post", "get"]],
    ["/api/v1/tokens/{token_id}/revoke", ["post"]],
  ]);
});

test("upstream's page of the create route can be written from the document, to the letter", () => {
  const { post } = document.paths["/api/v1/tokens"];

  expect(renderPage("POST", "/api/v1/tokens", post, schemas)).toBe(createTokenReference);
});

test.each([
  ["createToken", "create_token_api_v1_tokens_post", "Create token"],
  ["listTokens", "list_tokens_api_v1_tokens_get", "List tokens"],
  ["revokeToken", "revoke_token_api_v1_tokens__token_id__revoke_post", "Revoke token"],
])("%s is called %s, “%s”, and tagged api-tokens", (name, operationId, summary) => {
  expect(operations[name]).toMatchObject({ operationId, summary, tags: ["api-tokens"] });
});

describe("parameters", () => {
  const headers = [
    {
      name: "authorization",
      in: "header",
      required: false,
      description: "Bearer dz_<JWT>",
      schema: nullable("string"),
    },
    {
      name: "x-business-id",
      in: "header",
      required: false,
      description: "UUID of the business context",
      schema: nullable("string"),
    },
    { name: "x-user-email", in: "header", required: false, description: "For audit trail", schema: nullable("string") },
  ];

  test.each([
    ["createToken", []],
    [
      "listTokens",
      [
        { name: "include_revoked", in: "query", required: false, schema: { type: "boolean", default: false } },
        { name: "cursor", in: "query", required: false, schema: { type: "string" } },
        { name: "limit", in: "query", required: false, schema: { type: "integer" } },
        {
          name: "direction",
          in: "query",
          required: false,
          description: "'next' or 'prev'",
          schema: { type: "string", default: "next" },
        },
        { name: "include_total_count", in: "query", required: false, schema: { type: "boolean", default: false } },
        {
          name: "sort_by",
          in: "query",
          required: false,
          description: "Column name to sort by. When changing sort, reset cursor",
          schema: { type: "string" },
        },
        { name: "descending", in: "query", required: false, schema: { type: "boolean", default: true } },
      ],
    ],
    ["revokeToken", [{ name: "token_id", in: "path", required: true, schema: { type: "string" } }]],
  ])("%s takes its own and the three optional, nullable headers", (name, own) => {
    expect(operations[name]?.parameters).toEqual([...own, ...headers]);
  });
});

describe("bodies", () => {
  test("creating needs a body", () => {
    expect(operations["createToken"]?.requestBody).toEqual({
      required: true,
      ...json({ schema: ref("APITokenCreate") }),
    });
  });

  test("listing takes no body", () => {
    expect(operations["listTokens"]).not.toHaveProperty("requestBody");
  });

  test("revoking takes a body, null or none", () => {
    expect(operations["revokeToken"]?.requestBody).toEqual(
      json({ schema: { anyOf: [ref("APITokenRevokeRequest"), { type: "null" }] } }),
    );
  });
});

describe("answers", () => {
  // The schema is of the error-handling guide; upstream's document has the examples only.
  const schema = { type: "object", properties: { detail: { type: "string" } }, required: ["detail"] };
  const example = (detail: string) => json({ schema, example: { detail } });
  const badRequest = { description: "Bad Request - Invalid input", ...example("Invalid request parameters") };
  const unauthorized = { description: "Unauthorized - Authentication required", ...example("Not authenticated") };
  const forbidden = { description: "Forbidden - Insufficient permissions", ...example("Not enough permissions") };
  const notFound = { description: "Not Found - Resource doesn't exist", ...example("Resource not found") };
  const invalid = { description: "Validation Error", ...json({ schema: ref("HTTPValidationError") }) };
  const success = (name: string) => ({ description: "Successful Response", ...json({ schema: ref(name) }) });

  test.each([
    [
      "createToken",
      { 201: success("APITokenCreateResponse"), 400: badRequest, 401: unauthorized, 403: forbidden, 422: invalid },
    ],
    ["listTokens", { 200: success("APITokenListResponse"), 401: unauthorized, 403: forbidden, 422: invalid }],
    [
      "revokeToken",
      {
        201: success("APITokenRevokeResponse"),
        400: badRequest,
        401: unauthorized,
        403: forbidden,
        404: notFound,
        422: invalid,
      },
    ],
  ])("%s documents its statuses and their examples, and no others", (name, responses) => {
    expect(operations[name]?.responses).toEqual(responses);
  });
});

describe("schemas", () => {
  const dateTime = { type: "string", format: "date-time" };
  const optionalDateTime = nullable("string", { format: "date-time" });

  const documented = {
    APITokenCreate: {
      type: "object",
      properties: {
        name: { type: "string", minLength: 1, maxLength: 255, description: "Token name" },
        description: { ...nullable("string"), description: "Optional description" },
        expires_in_days: {
          ...nullable("integer", { minimum: 1, maximum: 365 }),
          description: "Expiration in days (1-365, default: 365)",
        },
      },
      required: ["name"],
    },
    APITokenResponse: {
      type: "object",
      properties: {
        id: { type: "string", description: "Token record ID" },
        jti: { type: "string", description: "Unique token identifier (JWT ID)" },
        name: { ...nullable("string"), description: "Human-readable token name" },
        description: { ...nullable("string"), description: "Optional token description" },
        token_prefix: { type: "string", description: "First characters of the token for display (e.g. dz_abc...)" },
        token_type: { ...nullable("string"), description: "Token type (always 'api')" },
        created_at: { ...dateTime, description: "When the token was created" },
        last_used_at: { ...optionalDateTime, description: "Last time the token was used for authentication" },
        expires_at: { ...optionalDateTime, description: "When the token expires (null = never)" },
        revoked_at: { ...optionalDateTime, description: "When the token was revoked (null = active)" },
        revocation_reason: { ...nullable("string"), description: "Reason the token was revoked" },
      },
      required: ["id", "jti", "token_prefix", "created_at"],
    },
    APITokenCreateResponse: {
      type: "object",
      properties: {
        token: { type: "string", description: "The JWT token - save it now, you won't see it again!" },
        token_info: { ...ref("APITokenResponse"), description: "Token metadata" },
      },
      required: ["token", "token_info"],
    },
    APITokenListResponse: {
      type: "object",
      properties: {
        items: { type: "array", items: ref("APITokenResponse") },
        total: { ...nullable("integer"), description: "null when not calculated for performance" },
        limit: nullable("integer"),
        next_cursor: nullable("string"),
        prev_cursor: nullable("string"),
        has_next: { type: "boolean" },
        has_prev: { type: "boolean" },
      },
      required: ["items", "has_next", "has_prev"],
    },
    APITokenRevokeRequest: { type: "object", properties: { reason: nullable("string") } },
    APITokenRevokeResponse: {
      type: "object",
      properties: {
        id: { type: "string" },
        jti: { type: "string" },
        name: nullable("string"),
        revoked_at: { ...dateTime, description: "When the token was revoked" },
        revoked_by: { ...nullable("string"), description: "Email of the user who revoked the token" },
        revocation_reason: nullable("string"),
      },
      required: ["id", "jti", "revoked_at"],
    },
    HTTPValidationError: {
      type: "object",
      properties: { detail: { type: "array", items: ref("ValidationError") } },
    },
    ValidationError: {
      type: "object",
      properties: {
        loc: { type: "array", items: { anyOf: [{ type: "string" }, { type: "integer" }] } },
        msg: { type: "string" },
        type: { type: "string" },
        input: { type: "object" },
        ctx: { type: "object" },
      },
      required: ["loc", "msg", "type"],
    },
  };

  test.each(Object.entries(documented))("%s is as upstream documents it", (name, schema) => {
    expect(schemas[name]).toEqual(schema);
  });

  test("there are no schemas that upstream does not have", () => {
    expect(Object.keys(schemas)).toEqual(Object.keys(documented).sort());
  });
});

test("two calls write the same document, to the byte", () => {
  expect(JSON.stringify(openapi())).toBe(JSON.stringify(openapi()));
});
