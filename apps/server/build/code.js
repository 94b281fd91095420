import { build } from "esbuild";
import { leaveOutSpareParts } from "./spare-parts.js";

/** @type {import("esbuild").BuildOptions} */
const shared = {
  bundle: true,
  minify: true,
  platform: "node",
  target: "node20",
  conditions: ["@dayzero-tokens/source"],
  plugins: [leaveOutSpareParts],
  // The licences stand in a file of their own.
  legalComments: "none",
  metafile: true,
  logLevel: "warning",
};

/** The command: a script, which V8 can keep compiled, and what launches it. */
export const bundleCommand = (/** @type {string} */ outdir) =>
  Promise.all([
    build({
      ...shared,
      outdir,
      entryPoints: { command: "src/main.ts" },
      format: "cjs",
      outExtension: { ".js": ".cjs" },
      // A script that comes out of V8's cache cannot import, but it can require.
      supported: { "dynamic-import": false },
      banner: { js: 'const importMetaUrl = require("node:url").pathToFileURL(__filename).href;' },
      define: { "import.meta.url": "importMetaUrl" },
    }),
    build({
      ...shared,
      outdir,
      entryPoints: { main: "src/launch.ts" },
      format: "esm",
      banner: { js: "#!/usr/bin/env node" },
    }),
  ]);

/** Entries of `src` to import, with all that they stand on; what they share is in files of its own. */
export const bundleLibrary = (/** @type {string} */ outdir, /** @type {readonly string[]} */ entries) =>
  build({
    ...shared,
    outdir,
    entryPoints: entries.map((name) => `src/${name}.ts`),
    splitting: true,
    format: "esm",
    external: ["vitest"],
    // Express and what it stands on are CommonJS: inside an ES module they need a `require`.
    banner: { js: 'import { createRequire } from "node:module";\nconst require = createRequire(import.meta.url);' },
  });
