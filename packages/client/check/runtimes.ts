import { join } from "node:path";
import { install } from "./install.ts";
import { runtimes } from "./places.ts";

const platform = `${process.platform}-${process.arch}`;

/** Makes a runtime available as an npm package that carries its binary, and gives the binary's path. */
export async function installRuntime(name: keyof typeof packages): Promise<string> {
  const { dependencies, binary } = packages[name];
  const folder = join(runtimes, name);
  await install(folder, dependencies);
  return join(folder, "node_modules", binary);
}

const node = (version: string) => ({
  dependencies: { node: `npm:node-${platform}@${version}` },
  binary: "node/bin/node",
});

const packages = {
  "Node 20": node("20.20.2"),
  "Node 22": node("22.23.3"),
  "Node 24": node("24.21.0"),
  "Node 26": node("26.10.0"),
  Bun: { dependencies: { bun: `npm:@oven/bun-${platform}@1.4.4` }, binary: "bun/bin/bun" },
  Deno: { dependencies: { deno: `npm:@deno/${platform}-glibc@2.9.6` }, binary: "deno/deno" },
  Miniflare: { dependencies: { miniflare: "4.20260730.0" }, binary: "miniflare/dist/src/index.js" },
  Playwright: { dependencies: { "playwright-core": "1.65.1" }, binary: "playwright-core/index.js" },
} as const;
