import { defineProject } from "vitest/config";

export default defineProject({
  ssr: { resolve: { conditions: ["@dayzero-tokens/source"] } },
  test: { name: "fastapi", include: ["{src,test}/**/*.test.ts"], isolate: false },
});
