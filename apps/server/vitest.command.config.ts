import { defineProject } from "vitest/config";

export const withProcesses = [
  "test/command-*.test.ts",
  "test/{double,verify}-page.test.ts",
  "test/client-{examples,readme}.test.ts",
  "test/{generated-clients,left-behind,worst-bodies}.test.ts",
];

/** Tests that run the built command, or a compiler. They come last: most changes are found out before. */
export default defineProject({
  ssr: { resolve: { conditions: ["@dayzero-tokens/source"] } },
  test: {
    name: "command",
    include: withProcesses,
    globalSetup: "test/build-command.ts",
    isolate: false,
    sequence: { groupOrder: 1 },
    testTimeout: 60_000,
  },
});
