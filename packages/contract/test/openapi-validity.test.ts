import { Validator } from "@seriousme/openapi-schema-validator";
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, test } from "vitest";
import { openapi } from "../src/openapi.ts";

type Json = Record<string, unknown>;

/** A copy of the document, as it is written, that a test may spoil. */
const written = (): Json => JSON.parse(JSON.stringify(openapi()));

describe("the meta-schema of OpenAPI 3.1", () => {
  test("has nothing against the document", async () => {
    const validator = new Validator();

    expect(await validator.validate(written())).toEqual({ valid: true });
    expect(validator.version).toBe("3.1");
  });

  test("has nothing against that of the enveloped revision", async () => {
    const enveloped = JSON.parse(JSON.stringify(openapi({ envelope: true })));

    expect(await new Validator().validate(enveloped)).toEqual({ valid: true });
  });

  test.each<[string, (document: Json) => Json]>([
    ["without a title", (document) => ({ ...document, info: { version: "1" } })],
    ["of another version", (document) => ({ ...document, openapi: "3.1" })],
    ["with a path that does not start with a slash", (document) => ({ ...document, paths: { "api/v1": {} } })],
    ["with a field that OpenAPI does not know", (document) => ({ ...document, routes: {} })],
    [
      "with a parameter that is nowhere",
      (document) => ({ ...document, paths: { "/": { get: { parameters: [{ name: "a", schema: {} }] } } } }),
    ],
  ])("refuses a document %s", async (_, spoil) => {
    expect(await new Validator().validate(spoil(written()))).toMatchObject({ valid: false });
  });
});

// OpenAPI's own meta-schema leaves the inside of a schema to JSON Schema's.
describe("the meta-schema of JSON Schema 2020-12", () => {
  const ajv = new Ajv2020({ strict: false });

  test.each(schemasOf(written()))("has nothing against the schema at %s", (_, schema) => {
    ajv.validateSchema(schema);
    expect(ajv.errors ?? []).toEqual([]);
  });

  test.each([
    ["a type that there is none of", { type: "text" }],
    ["a negative length", { minLength: -1 }],
    ["required as a flag, as OpenAPI 2 had it", { properties: { name: { type: "string", required: true } } }],
  ])("refuses %s", (_, schema) => {
    expect(ajv.validateSchema(schema)).toBe(false);
  });
});

describe("references", () => {
  const document = written();

  test.each(referencesOf(document))("%s points at %s, which is there and says something", (_, reference) => {
    expect(resolve(document, reference)).toMatchObject({ type: "object", properties: expect.anything() });
  });

  test("every component is referred to", () => {
    const referred = new Set(referencesOf(document).map(([, reference]) => reference));
    const { schemas } = Object(document["components"]);
    expect([...referred].sort()).toEqual(Object.keys(schemas).map((name) => `#/components/schemas/${name}`));
  });
});

/** Every value inside, with its path. */
function entriesOf(value: unknown, path = ""): [string, unknown][] {
  if (typeof value !== "object" || value === null) return [[path, value]];
  return [[path, value], ...Object.entries(value).flatMap(([key, part]) => entriesOf(part, `${path}/${key}`))];
}

/** Every schema that is not inside another. */
function schemasOf(document: Json): [string, Json][] {
  return entriesOf(document).flatMap(([path, value]) =>
    /\/schema$|^\/components\/schemas\/\w+$/.test(path) ? [[path, Object(value)] satisfies [string, Json]] : [],
  );
}

function referencesOf(document: Json): [string, string][] {
  return entriesOf(document).flatMap(([path, value]) =>
    path.endsWith("/$ref") ? [[path.slice(0, -"/$ref".length), String(value)] satisfies [string, string]] : [],
  );
}

const resolve = (document: Json, reference: string): unknown =>
  reference
    .slice("#/".length)
    .split("/")
    .reduce((value: unknown, step) => Object(value)[step], document);
