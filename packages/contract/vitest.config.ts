import { defineProject } from "vitest/config";

export default defineProject({
  ssr: { resolve: { conditions: ["@dayzero-tokens/source"] } },
  test: { name: "contract", include: ["{src,test}/**/*.test.ts"], isolate: false, testTimeout: 30_000 },
});
