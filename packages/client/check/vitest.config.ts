import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    name: "packed client",
    root: import.meta.dirname,
    include: ["*.check.ts"],
    globalSetup: "./pack.ts",
    // Installs, compilers and browsers take their time.
    testTimeout: 300_000,
    hookTimeout: 600_000,
    fileParallelism: false,
  },
});
