import type { AppRoute, AppRouter } from "@ts-rest/core";
import * as z from "zod";
import { contract, type RouteMetadata } from "./contract.ts";
import { SuccessEnvelope } from "./envelope.ts";

type Json = Record<string, unknown>;

/** Where an API is. */
export interface OpenApiServer {
  readonly url: string;
  readonly description: string;
}

/** An OpenAPI 3.1 document. */
export interface OpenApiDocument extends About {
  readonly openapi: "3.1.0";
  readonly paths: Readonly<Record<string, Json>>;
  readonly components: {
    readonly schemas: Readonly<Record<string, Json>>;
    readonly securitySchemes: Readonly<Record<string, Json>>;
  };
}

/** Which of upstream's two revisions a document is of. */
export interface OpenApiOptions {
  /** Whether successes come in an envelope; upstream's page of one route, the revoke, is known so. */
  readonly envelope?: boolean;
}

/** The OpenAPI 3.1 document of the three routes, with what upstream documents and nothing else. */
export const openapi = ({ envelope = false }: OpenApiOptions = {}): OpenApiDocument =>
  openapiOf(envelope ? inEnvelopes(contract) : contract, {
    info: {
      title: "DayZero API: api-tokens",
      version: "1.0.0",
      description: "The routes that create, list and revoke API tokens, as upstream documents them (unofficial).",
    },
    servers: [{ url: "https://api.ondayzero.com", description: "Production" }],
    tags: [{ name: "api-tokens", description: "API tokens of the current user" }],
    security: [{ bearer: [] }],
  });

/** What a document says that no route does. */
interface About {
  readonly info: {
    readonly title: string;
    readonly version: string;
    readonly description: string;
    readonly license?: { readonly name: string; readonly identifier: string };
  };
  readonly servers: readonly OpenApiServer[];
  readonly tags: readonly { readonly name: string; readonly description: string }[];
  /** Which of the security schemes a route asks for, unless it answers no 401; `{}`: it may ask for none. */
  readonly security: readonly { readonly bearer?: readonly [] }[];
}

/** Writes a ts-rest router whose routes carry {@link RouteMetadata} as an OpenAPI 3.1 document. */
export function openapiOf(router: AppRouter, about: About): OpenApiDocument {
  const components = new Map<string, Json>();
  const paths: Record<string, Json> = {};
  for (const route of Object.values(router)) {
    if (!isRoute(route)) continue;
    const path = route.path.replace(/:(\w+)/g, "{$1}");
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: operationOf(route, components) };
  }
  const schemas = Object.fromEntries([...components].sort(([a], [b]) => (a < b ? -1 : 1)));
  const securitySchemes = { bearer: { type: "http", scheme: "bearer" } };
  return { openapi: "3.1.0", ...about, paths, components: { schemas, securitySchemes } };
}

/** The routes with each success in an envelope, which is called as upstream calls that of the revoke. */
const inEnvelopes = (router: AppRouter): AppRouter =>
  Object.fromEntries(
    Object.entries(router).map(([name, route]) => [
      name,
      isRoute(route) ? { ...route, responses: { ...route.responses, ...envelopesOf(route) } } : route,
    ]),
  );

const envelopesOf = ({ responses }: AppRoute) =>
  Object.fromEntries(
    Object.entries(responses).flatMap(([status, schema]) =>
      Number(status) < 300 && isSchema(schema) ? [[status, envelopeOf(schema)]] : [],
    ),
  );

const envelopeOf = (schema: z.ZodType) => SuccessEnvelope(schema).meta({ id: `SuccessEnvelope_${schema.meta()?.id}_` });

const isRoute = (value: AppRoute | AppRouter): value is AppRoute => "path" in value && "method" in value;

function operationOf(route: AppRoute, components: Map<string, Json>): Json {
  // Each route of our contracts is declared with RouteMetadata; ts-rest types metadata as unknown.
  const { operationId, tags, responses } = route.metadata as RouteMetadata;
  const parameters = [
    ...parametersOf(route.pathParams, "path", components),
    ...parametersOf(route.query, "query", components),
    ...parametersOf(route.headers, "header", components),
  ];
  const documented = Object.entries(responses).filter(([status]) => status in route.responses);
  return {
    tags,
    summary: route.summary,
    description: route.description,
    operationId,
    ...(!(401 in route.responses) && { security: [] }),
    ...(parameters.length > 0 && { parameters }),
    ...("body" in route && isSchema(route.body) && { requestBody: requestBodyOf(route.body, components) }),
    responses: Object.fromEntries(
      documented.map(([status, description]) => [
        status,
        { description, ...contentOf(Number(status), route, components) },
      ]),
    ),
  };
}

const isSchema = (value: unknown): value is z.ZodType => value instanceof z.ZodType;

function requestBodyOf(body: z.ZodType, components: Map<string, Json>): Json {
  const required = !body.safeParse(undefined).success;
  const schema = schemaOf(body, "input", components);
  return { ...(required && { required }), content: { "application/json": { schema } } };
}

function contentOf(status: number, { responses, metadata }: AppRoute, components: Map<string, Json>): Json {
  const declared = responses[status];
  const [contentType, schema] = isOther(declared)
    ? [declared.contentType, declared.body]
    : ["application/json", declared];
  if (!isSchema(schema)) return {};
  const example = (metadata as RouteMetadata).examples?.[status];
  return {
    content: {
      [contentType]: { schema: schemaOf(schema, "output", components), ...(example !== undefined && { example }) },
    },
  };
}

/** Whether an answer is declared with a content type of its own. */
const isOther = (declared: unknown): declared is { contentType: string; body: unknown } =>
  typeof declared === "object" && declared !== null && "contentType" in declared;

function parametersOf(declared: unknown, place: "path" | "query" | "header", components: Map<string, Json>): Json[] {
  const shape: Record<string, unknown> = declared instanceof z.ZodObject ? declared.shape : Object(declared);
  return Object.entries(shape).flatMap(([name, schema]) => {
    if (!isSchema(schema)) return [];
    const { description, ...rest } = schemaOf(schema, "input", components);
    const required = place === "path" || !schema.safeParse(undefined).success;
    return [{ name, in: place, required, ...(description !== undefined && { description }), schema: rest }];
  });
}

/** The schema in JSON Schema's words; whatever has an id goes into `components` and is referred to. */
function schemaOf(schema: z.ZodType, io: "input" | "output", components: Map<string, Json>): Json {
  const { $schema, $defs, ...root } = z.toJSONSchema(schema, { io, unrepresentable: "any", override: asDocumented });
  for (const [id, definition] of Object.entries(Object($defs))) addComponent(components, id, inComponents(definition));
  return inComponents(root);
}

/** One name is one schema: what reads otherwise than it writes is two. */
function addComponent(components: Map<string, Json>, id: string, definition: Json): void {
  const known = components.get(id);
  if (known !== undefined && JSON.stringify(known) !== JSON.stringify(definition)) {
    throw new Error(`${id} means two things: give what is taken and what is answered a name each`);
  }
  components.set(id, definition);
}

/** JSON Schema as FastAPI writes it: `$ref` into `components`, `anyOf` for what may be null, no ids. */
function inComponents(definition: unknown): Json {
  return JSON.parse(JSON.stringify(definition), (key, value) => {
    if (key === "$ref") return value.replace("#/$defs/", "#/components/schemas/");
    if (key === "id" && typeof value === "string") return undefined;
    if (!Array.isArray(value?.type)) return value;
    const { type, description, ...constraints } = value;
    const anyOf = type.map((each: string) => (each === "null" ? { type: each } : { type: each, ...constraints }));
    return { anyOf, ...(description !== undefined && { description }) };
  });
}

/**
 * Takes out what zod adds to say how it checks, and keeps open what may come to hold more: whatever is not strict. A
 * default is put into words, as upstream does in a body: generators take a property with a `default` for a required one.
 */
function asDocumented({ zodSchema, jsonSchema, path }: Parameters<Override>[0]) {
  if (jsonSchema.format !== undefined) delete jsonSchema.pattern;
  const isOpen = zodSchema instanceof z.ZodObject && zodSchema.def.catchall === undefined;
  if (isOpen) delete jsonSchema.additionalProperties;
  if (zodSchema instanceof z.ZodDefault) {
    const { defaultValue } = zodSchema.def;
    const isParameter = path.length === 0;
    if (isParameter) jsonSchema.default = defaultValue;
    else {
      delete jsonSchema.default;
      jsonSchema.description = `Default: ${JSON.stringify(defaultValue)}`;
    }
  }
  delete jsonSchema.propertyNames;
  if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
  if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
}

type Override = NonNullable<z.core.ToJSONSchemaParams["override"]>;
