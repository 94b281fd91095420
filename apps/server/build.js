// Bundles the package: `node build.js` for everything, `node build.js command` for the command alone, and with a folder
// after that into the folder.
import { cp } from "node:fs/promises";
import { build } from "esbuild";
import { leaveOutSpareParts } from "./build/spare-parts.js";

/** @type {import("esbuild").BuildOptions} */
const shared = {
  bundle: true,
  platform: "node",
  target: "node20",
  format: "esm",
  conditions: ["@dayzero-tokens/source"],
  outdir: process.argv[3] ?? "dist",
  legalComments: "none",
  logLevel: "warning",
  plugins: [leaveOutSpareParts],
  // Express and what it stands on are CommonJS: inside an ES module they need a `require`.
  banner: { js: 'import { createRequire } from "node:module";\nconst require = createRequire(import.meta.url);' },
};

// The command is a script, which V8 can keep compiled, and what launches it.
const command = build({
  ...shared,
  entryPoints: { command: "src/main.ts" },
  format: "cjs",
  outExtension: { ".js": ".cjs" },
  minify: true,
  // A script that comes out of V8's cache cannot import, but it can require.
  supported: { "dynamic-import": false },
  banner: { js: 'const importMetaUrl = require("node:url").pathToFileURL(__filename).href;' },
  define: { "import.meta.url": "importMetaUrl" },
});
const launcher = build({
  ...shared,
  entryPoints: { main: "src/launch.ts" },
  minify: true,
  banner: { js: "#!/usr/bin/env node" },
});
const library =
  process.argv[2] === "command"
    ? undefined
    : build({ ...shared, entryPoints: ["src/index.ts", "src/vitest.ts"], splitting: true, external: ["vitest"] });
const page = cp(new URL("../console/page", import.meta.url), `${shared.outdir}/console`, {
  recursive: true,
});
await Promise.all([command, launcher, library, page]);
