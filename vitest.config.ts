import { defineConfig } from "vitest/config";

export default defineConfig({
  resolve: { conditions: ["@dayzero-tokens/source"] },
  ssr: { resolve: { conditions: ["@dayzero-tokens/source"] } },
  test: {
    projects: ["packages/*/vitest.config.ts", "apps/*/vitest.config.ts"],
  },
});
