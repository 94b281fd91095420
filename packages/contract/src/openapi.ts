import type { AppRoute, AppRouter } from "@ts-rest/core";
import * as z from "zod";
import { contract, documentedErrors, type RouteMetadata } from "./contract.ts";

type Json = Record<string, unknown>;

/** An OpenAPI 3.1 document. */
export interface OpenApiDocument {
  readonly openapi: "3.1.0";
  readonly info: { readonly title: string; readonly version: string };
  readonly servers?: About["servers"];
  readonly paths: Readonly<Record<string, Json>>;
  readonly components: { readonly schemas: Readonly<Record<string, Json>> };
}

/** The OpenAPI 3.1 document of the three routes, with what upstream documents and nothing else. */
export const openapi = (): OpenApiDocument =>
  openapiOf(contract, {
    title: "DayZero API: api-tokens",
    version: "1.0.0",
    servers: [{ url: "https://api.ondayzero.com", description: "Production" }],
  });

interface About {
  readonly title: string;
  readonly version: string;
  readonly servers?: readonly { readonly url: string; readonly description: string }[];
}

/** Writes a ts-rest router whose routes carry {@link RouteMetadata} as an OpenAPI 3.1 document. */
export function openapiOf(router: AppRouter, { title, version, servers }: About): OpenApiDocument {
  const components = new Map<string, Json>();
  const paths: Record<string, Json> = {};
  for (const route of Object.values(router)) {
    if (!isRoute(route)) continue;
    const path = route.path.replace(/:(\w+)/g, "{$1}");
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: operationOf(route, components) };
  }
  const schemas = Object.fromEntries([...components].sort(([a], [b]) => (a < b ? -1 : 1)));
  return { openapi: "3.1.0", info: { title, version }, ...(servers && { servers }), paths, components: { schemas } };
}

const isRoute = (value: AppRoute | AppRouter): value is AppRoute => "path" in value && "method" in value;

function operationOf(route: AppRoute, components: Map<string, Json>): Json {
  // Each route of our contracts is declared with RouteMetadata; ts-rest types metadata as unknown.
  const { operationId, tags, responses } = route.metadata as RouteMetadata;
  const parameters = [
    ...parametersOf(route.pathParams, "path", components),
    ...parametersOf(route.query, "query", components),
    ...parametersOf(route.headers, "header", components),
  ];
  return {
    tags,
    summary: route.summary,
    description: route.description,
    operationId,
    ...(parameters.length > 0 && { parameters }),
    ...("body" in route && isSchema(route.body) && { requestBody: requestBodyOf(route.body, components) }),
    responses: Object.fromEntries(
      Object.entries(responses).map(([status, description]) => [
        status,
        { description, ...contentOf(Number(status), route, components) },
      ]),
    ),
  };
}

const isSchema = (value: unknown): value is z.ZodType => value instanceof z.ZodType;

function requestBodyOf(body: z.ZodType, components: Map<string, Json>): Json {
  const required = !body.safeParse(undefined).success;
  return { ...(required && { required }), content: { "application/json": { schema: schemaOf(body, components) } } };
}

function contentOf(status: number, route: AppRoute, components: Map<string, Json>): Json {
  const example = documentedErrors[status as keyof typeof documentedErrors];
  if (example !== undefined && route.path.startsWith("/api/")) return { content: { "application/json": { example } } };
  const schema = route.responses[status];
  return isSchema(schema) ? { content: { "application/json": { schema: schemaOf(schema, components) } } } : {};
}

function parametersOf(declared: unknown, place: "path" | "query" | "header", components: Map<string, Json>): Json[] {
  const shape: Record<string, unknown> = declared instanceof z.ZodObject ? declared.shape : Object(declared);
  return Object.entries(shape).flatMap(([name, schema]) => {
    if (!isSchema(schema)) return [];
    const { description, ...rest } = schemaOf(schema, components);
    const required = place === "path" || !schema.safeParse(undefined).success;
    return [{ name, in: place, required, ...(description !== undefined && { description }), schema: rest }];
  });
}

/** The schema in JSON Schema's words; whatever has an id goes into `components` and is referred to. */
function schemaOf(schema: z.ZodType, components: Map<string, Json>): Json {
  const { $schema, $defs, ...root } = z.toJSONSchema(schema, { unrepresentable: "any", override: asDocumented });
  for (const [id, definition] of Object.entries(Object($defs))) components.set(id, inComponents(definition));
  const { id } = schema.meta() ?? {};
  if (id === undefined) return inComponents(root);
  components.set(id, components.get(id) ?? inComponents(root));
  return { $ref: `#/components/schemas/${id}` };
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

/** Takes out what zod adds to say how it checks. */
function asDocumented({ jsonSchema }: { jsonSchema: z.core.JSONSchema.BaseSchema }) {
  if (jsonSchema.format === "date-time") delete jsonSchema.pattern;
  delete jsonSchema.additionalProperties;
  delete jsonSchema.propertyNames;
  if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
  if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
}
