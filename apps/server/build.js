// Bundles the package: `node build.js` for everything, `node build.js command` for the command alone, and with a folder
// after that into the folder.
import { cp } from "node:fs/promises";
import { build } from "esbuild";

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
  // Express and what it stands on are CommonJS: inside an ES module they need a `require`.
  banner: { js: 'import { createRequire } from "node:module";\nconst require = createRequire(import.meta.url);' },
};

const command = build({ ...shared, entryPoints: ["src/main.ts"], minify: true });
const library =
  process.argv[2] === "command"
    ? undefined
    : build({ ...shared, entryPoints: ["src/index.ts", "src/vitest.ts"], splitting: true, external: ["vitest"] });
const page = cp(new URL("../console/page", import.meta.url), `${shared.outdir}/console`, {
  recursive: true,
});
await Promise.all([command, library, page]);
