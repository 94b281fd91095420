import { test as base } from "vitest";
import { type Double, startDouble } from "./double/double.ts";
import type { TestSandbox } from "./double/test-sandbox.ts";

/** Vitest's `test` with a double for each worker, and a sandbox for each test that asks for one. */
export const test = base.extend<{ sandbox: TestSandbox; double: Double }>({
  double: [
    // biome-ignore lint/correctness/noEmptyPattern: Vitest reads from the pattern that nothing is needed.
    async ({}, use) => {
      await using double = await startDouble();
      await use(double);
    },
    { scope: "worker" },
  ],
  sandbox: async ({ double }, use) => {
    await using sandbox = await double.sandbox();
    await use(sandbox);
  },
});
