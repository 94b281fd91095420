import { defineProject } from "vitest/config";
import { withProcesses } from "./vitest.command.config.ts";

export default defineProject({
  ssr: { resolve: { conditions: ["@dayzero-tokens/source"] } },
  test: {
    name: "server",
    include: ["{src,test}/**/*.test.ts"],
    exclude: withProcesses,
    // Tests share nothing, so that files need no process each: to import the server again for each took a third of the time.
    isolate: false,
    testTimeout: 30_000,
  },
});
