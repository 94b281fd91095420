import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    projects: ["packages/*/vitest.config.ts", "apps/*/vitest{,.*}.config.ts"],
    maxWorkers: "100%",
    // `.ci/run` takes its totals from the file.
    reporters: process.env["CI"] ? ["default", ["json", { outputFile: ".cache/test-results.json" }]] : ["default"],
  },
});
