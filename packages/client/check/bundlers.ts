import { join } from "node:path";
import { consumer, tools } from "./places.ts";
import { run } from "./run.ts";

const tool = (name: string) => join(tools, "node_modules/.bin", name);

/** Each takes a module of the consumer, and makes one minified file that needs nothing else. */
export const bundlers: Readonly<Record<string, (entry: string, output: string) => Promise<unknown>>> = {
  "esbuild for browsers": (entry, output) => esbuild(entry, output, "browser"),
  "esbuild for no platform": (entry, output) => esbuild(entry, output, "neutral"),
  rollup: (entry, output) =>
    run(tool("rollup"), [entry, "--file", output, "--format", "es", "--plugin", resolvePlugin], consumer),
  rolldown: (entry, output) =>
    run(tool("rolldown"), [entry, "--file", output, "--format", "esm", "--minify", "--platform", "neutral"], consumer),
  webpack: (entry, output) =>
    run(process.execPath, [join(import.meta.dirname, "fixtures/webpack.cjs"), entry, output], consumer, {
      TOOLS: tools,
    }),
};

const resolvePlugin = join(tools, "node_modules/@rollup/plugin-node-resolve/dist/es/index.js");

async function esbuild(entry: string, output: string, platform: "browser" | "neutral") {
  const { build } = await import("esbuild");
  await build({
    entryPoints: [join(consumer, entry)],
    outfile: join(consumer, output),
    bundle: true,
    minify: true,
    format: "esm",
    platform,
    logLevel: "silent",
  });
}
