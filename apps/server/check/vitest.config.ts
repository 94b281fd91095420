import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    name: "packed server",
    root: import.meta.dirname,
    include: ["*.check.ts"],
    // Installs and compilers take their time.
    testTimeout: 300_000,
    hookTimeout: 600_000,
  },
});
