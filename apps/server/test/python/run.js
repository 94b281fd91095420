// Bundles main.ts, which Node cannot read as it is, and runs it.
import { build } from "esbuild";

const outfile = new URL("../../dist/compare-python.js", import.meta.url);
await build({
  entryPoints: [new URL("./main.ts", import.meta.url).pathname],
  outfile: outfile.pathname,
  bundle: true,
  platform: "node",
  target: "node20",
  format: "esm",
  conditions: ["@dayzero-tokens/source"],
  logLevel: "warning",
});
await import(outfile.href);
