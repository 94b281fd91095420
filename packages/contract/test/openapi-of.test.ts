import { initContract } from "@ts-rest/core";
import { expect, test } from "vitest";
import * as z from "zod";
import { controlContract, controlStreams } from "../src/control.ts";
import { type OpenApiDocument, openapi, openapiOf } from "../src/openapi.ts";

const { info, servers, tags } = openapi();
const about = { info, servers, tags, security: [{}, { bearer: [] }] } as const;
const control = openapiOf({ ...controlContract, ...controlStreams }, about);
const { schemas } = control.components;

const operationOf = ({ paths }: OpenApiDocument, path: string, method: string) => Object(paths[path]?.[method]);

test.each([
  ["FaultRequest", ["effect"]],
  ["Expectation", undefined],
  ["ResetRequest", undefined],
  ["Seed", undefined],
  ["SandboxRequest", undefined],
])("%s requires nothing that has a default", (name, required) => {
  expect(schemas[name]?.["required"]).toEqual(required);
});

test("a default in a body is told in words: to generators a `default` makes a property required", () => {
  expect(schemas["FaultRequest"]?.["properties"]).toMatchObject({
    when: { type: "string", enum: ["before", "after"], description: 'Default: "before"' },
    skip: { type: "integer", minimum: 0, description: "Default: 0" },
  });
  expect(JSON.stringify(schemas)).not.toContain('"default":');
});

test("a default of a parameter is a `default`", () => {
  expect(operationOf(openapi(), "/api/v1/tokens", "get").parameters).toContainEqual({
    name: "descending",
    in: "query",
    required: false,
    schema: { type: "boolean", default: true },
  });
});

test("what is answered requires what is always there", () => {
  expect(schemas["Fault"]?.["required"]).toEqual(
    expect.arrayContaining(["match", "when", "times", "skip", "probability"]),
  );
});

test("names that are not known are refused, and the document says so; an answer may come to hold more", () => {
  expect(schemas["FaultRequest"]).toMatchObject({ additionalProperties: false });
  expect(schemas["Fault"]).not.toHaveProperty("additionalProperties");
});

test("the headers of a fault are texts by name, its body is any JSON", () => {
  expect(schemas["FaultEffect"]?.["properties"]).toMatchObject({
    headers: { type: "object", additionalProperties: { type: "string" } },
    body: {},
  });
});

test("no schema refers to itself, which generators can't compile", () => {
  const referredBy = (name: string): string[] =>
    [...JSON.stringify(schemas[name]).matchAll(/#\/components\/schemas\/(\w+)/g)].map(([, other = ""]) => other);
  const reach = (name: string, seen: readonly string[]): string[] =>
    seen.includes(name) ? [name] : referredBy(name).flatMap((other) => reach(other, [...seen, name]));

  expect(Object.keys(schemas).flatMap((name) => reach(name, []))).toEqual([]);
  expect(Object.keys(schemas).filter((name) => name.startsWith("_"))).toEqual([]);
});

test("the journal's stream is declared, each event an entry", () => {
  expect(operationOf(control, "/_double/journal/stream", "get").responses).toMatchObject({
    200: { content: { "text/event-stream": { schema: { $ref: "#/components/schemas/JournalEntry" } } } },
  });
});

test("the API asks for a bearer, the control plane where it has a token, and two of its routes never", () => {
  expect(openapi()).toMatchObject({ security: [{ bearer: [] }] });
  expect(control).toMatchObject({ security: [{}, { bearer: [] }] });
  const free = Object.entries(control.paths).flatMap(([path, methods]) =>
    Object.values(methods).flatMap((operation) => ("security" in Object(operation) ? [path] : [])),
  );
  expect(free).toEqual(["/_double/health", "/_double/ready"]);
});

test("one name for what is taken and what is answered is refused where they differ", () => {
  const Both = z.object({ count: z.int().default(1) }).meta({ id: "Both" });
  const router = initContract().router({
    put: {
      method: "PUT",
      path: "/",
      metadata: { operationId: "put", tags: [], responses: { 200: "Put" } },
      body: Both,
      responses: { 200: Both },
    },
  });

  expect(() => openapiOf(router, about)).toThrow(
    "Both means two things: give what is taken and what is answered a name each",
  );
});
