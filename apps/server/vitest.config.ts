import { defineProject } from "vitest/config";

export default defineProject({
  ssr: { resolve: { conditions: ["@dayzero-tokens/source"] } },
  test: { name: "server", include: ["{src,test}/**/*.test.ts"], globalSetup: "test/build-command.ts" },
});
