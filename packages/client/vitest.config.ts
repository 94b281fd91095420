import { defineProject } from "vitest/config";

export default defineProject({
  ssr: { resolve: { conditions: ["@dayzero-tokens/source"] } },
  test: { name: "client", include: ["{src,test}/**/*.test.ts"], restoreMocks: true },
});
