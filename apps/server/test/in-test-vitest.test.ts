import { expect } from "vitest";
import type { Double } from "../src/double.ts";
import { test } from "../src/vitest.ts";

const doubles = new Set<Double>();
const businesses = new Set<string>();

test("a test that asks for a sandbox gets one with a client that works", async ({ sandbox }) => {
  businesses.add(sandbox.businessId);
  await sandbox.client.tokens.create({ name: "ci" });
  sandbox.clock.advance({ days: 400 });
  expect(await sandbox.client.tokens.list().result()).toMatchObject({ status: 401 });
  await sandbox.expect({ match: { operation: "createToken", status: 201 } });
});

test("the next test gets another, and nothing is left of the first", async ({ sandbox, double }) => {
  doubles.add(double);
  expect(businesses).not.toContain(sandbox.businessId);
  const { items } = await sandbox.client.tokens.list();
  expect(items.map(({ name }) => name)).toEqual(["sandbox"]);
  const state = JSON.stringify([await double.snapshot(), double.journal.entries()]);
  expect(businesses.size).toBe(1);
  for (const gone of businesses) expect(state).not.toContain(gone);
});

test("all tests of a worker have the same double", async ({ double, sandbox }) => {
  doubles.add(double);
  expect(doubles.size).toBe(1);
  expect(sandbox.client.baseUrl).toBe(double.url);
  expect((await double.client().tokens.list()).items).toMatchObject([{ name: "well-known" }]);
});
