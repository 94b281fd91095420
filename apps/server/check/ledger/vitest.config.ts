import { defineConfig } from "vitest/config";

export default defineConfig({
  ssr: { resolve: { conditions: ["@dayzero-tokens/source"] } },
  test: {
    name: "ledger",
    root: import.meta.dirname,
    include: ["*.check.ts"],
    // Each test runs others, and waits for its turn.
    testTimeout: 300_000,
    hookTimeout: 300_000,
  },
});
