import { readFileSync, writeFileSync } from "node:fs";
import { defineConfig, type UserConfig } from "tsdown";

const { version } = JSON.parse(readFileSync(new URL("package.json", import.meta.url), "utf8"));

const common: UserConfig = {
  entry: ["src/index.ts"],
  platform: "neutral",
  target: "es2022",
  // .mjs and .cjs, .d.mts and .d.cts
  fixedExtension: true,
  clean: false,
  define: { __VERSION__: JSON.stringify(version) },
  // The declarations carry the comments; the code stays readable without them.
  outputOptions: { comments: false },
};

// One set of types for both: what an ES module takes from the client, a CommonJS module accepts, and the other way round.
const shareTypes = () => writeFileSync("dist/index.d.mts", 'export * from "./index.cjs";\n');

export default defineConfig([
  { ...common, format: "cjs", dts: true, onSuccess: shareTypes },
  { ...common, format: "esm", dts: false },
]);
