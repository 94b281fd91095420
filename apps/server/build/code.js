import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const beside = (/** @type {string} */ name) => fileURLToPath(new URL(name, import.meta.url));

/**
 * Bundles entries of `src`, with all that they stand on. What they share is in files of its own.
 * @param {readonly string[]} entries
 */
export const bundleCode = (entries) =>
  build({
    entryPoints: entries.map((name) => `src/${name}.ts`),
    outdir: "dist",
    bundle: true,
    splitting: true,
    minify: true,
    platform: "node",
    target: "node20",
    format: "esm",
    conditions: ["@dayzero-tokens/source"],
    external: ["vitest"],
    alias: {
      // A third of the start went into Express's body parser, which nobody asks for a body here, and into a table of
      // 2,500 content types, of which a handful are ever sent.
      "body-parser": beside("no-body-parser.js"),
      "mime-db": beside("content-types.json"),
    },
    legalComments: "none",
    logLevel: "warning",
    // Express and what it stands on are CommonJS: inside an ES module they need a `require`.
    banner: { js: 'import { createRequire } from "node:module";\nconst require = createRequire(import.meta.url);' },
  });
