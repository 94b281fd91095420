import { join } from "node:path";
import { consumer, home } from "./places.ts";
import { run } from "./run.ts";

/** Where the consumer has what it installed. */
export const dist = join(consumer, "node_modules/@dayzero-tokens/client/dist");

/** Runs the client's own tests on a build of it, and gives what is printed. */
export const runOwnTests = (node: string, build: string): Promise<string> =>
  run(node, ["../../node_modules/vitest/vitest.mjs", "run", "--config", "check/vitest.packed.config.ts"], home, {
    CLIENT_BUILD: join(dist, build),
  });
