import { defineConfig } from "vitest/config";

export default defineConfig({
  resolve: { conditions: ["@dayzero-tokens/source"] },
  ssr: { resolve: { conditions: ["@dayzero-tokens/source"] } },
  test: { name: "client", include: ["src/**/*.test.ts", "test/**/*.test.ts"], restoreMocks: true },
});
