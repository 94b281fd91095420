import { type OpenApiDocument, openapi } from "@dayzero-tokens/contract/openapi";
import { afterAll, describe, expect, test } from "vitest";
import { startDouble } from "../src/index.ts";
import { controlOpenapi } from "../src/steering/info.ts";

const controlToken = "for-tests-only";
const double = await startDouble({ controlToken });
afterAll(() => double.close());

const authorization = `Bearer ${controlToken}`;
const here = { url: double.url, description: "This double" };
const get = (path: string) => fetch(`${double.url}${path}`, { headers: { authorization } });

test("the control plane's document is served by itself, with the double's own address", async () => {
  const document = (await (await get("/_double/openapi.json")).json()) as OpenApiDocument;

  expect(document).toEqual(JSON.parse(JSON.stringify({ ...controlOpenapi(), servers: [here] })));
  expect(document).toMatchObject({ info: { title: "dayzero-double: control plane" } });
  expect(Object.keys(document.paths).filter((path) => !path.startsWith("/_double/"))).toEqual([]);
});

test("the API's document is served by itself, with the double's address before production's", async () => {
  const document = await (await get("/_double/api/openapi.json")).json();

  expect(document).toEqual(JSON.parse(JSON.stringify({ ...openapi(), servers: [here, ...openapi().servers] })));
  expect(document).toMatchObject({ info: { title: "DayZero API: api-tokens" } });
});

test.each([
  ["/_double/docs", "/_double/openapi.json", controlOpenapi()],
  ["/_double/api/docs", "/_double/api/openapi.json", openapi()],
])("%s is the reference of one document, and leads to the rest", async (path, json, { info, paths }) => {
  const response = await get(path);
  const page = await response.text();

  expect(response.headers.get("content-type")).toBe("text/html; charset=utf-8");
  expect(page).toContain(`<h1>${info.title}</h1>`);
  expect(new Set([...page.matchAll(/<h3>[A-Z]+ ([^<]*)/g)].map(([, route]) => route))).toEqual(
    new Set(Object.keys(paths)),
  );
  for (const link of ["/_double/", "/_double/docs", "/_double/api/docs", json])
    expect(page).toContain(`href="${link}"`);
});

interface Operation {
  readonly responses: Readonly<Record<string, unknown>>;
  readonly requestBody?: unknown;
}

const operations = Object.entries(controlOpenapi().paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(
    ([method, operation]) => [method.toUpperCase(), path, Object(operation) as Operation] as const,
  ),
);

describe("of the refusals that the control plane knows", () => {
  test.each(operations)("%s %s answers those that its document declares", async (method, path, operation) => {
    const send = async (headers: Record<string, string>, body = '"no object"', query = "") => {
      const url = `${double.url}${path.replaceAll(/\{\w+\}/g, "none")}${query}`;
      const hasBody = operation.requestBody !== undefined;
      const response = await fetch(url, {
        method,
        headers: { "content-type": "application/json", ...headers },
        ...(hasBody && { body }),
      });
      await response.body?.cancel();
      return response.status;
    };
    // What is too large for a snapshot is too large for a test.
    const tooLarge = path === "/_double/state" ? 413 : await send({ authorization }, "x".repeat(1024 * 1024 + 1));

    const answered = [
      await send({}),
      await send({ authorization, origin: "https://elsewhere.example" }),
      await send({ authorization, "content-type": "text/plain" }),
      await send({ authorization }, '"no object"', "?no-such-name"),
      operation.requestBody === undefined ? undefined : tooLarge,
    ];

    const refusals = ["401", "403", "413", "415", "422"];
    expect(refusals.filter((status) => answered.includes(Number(status)))).toEqual(
      refusals.filter((status) => status in operation.responses),
    );
    expect(answered.filter((status) => status !== undefined && !(status in operation.responses))).toEqual([]);
  });
});
