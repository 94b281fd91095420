// Writes seed.schema.json, the JSON Schema of seed files, from the contract.
import { writeFile } from "node:fs/promises";
import { build } from "esbuild";

const { outputFiles } = await build({
  entryPoints: ["src/control/seed-schema.ts"],
  bundle: true,
  write: false,
  platform: "node",
  format: "esm",
  conditions: ["@dayzero-tokens/source"],
});
const code = Buffer.from(outputFiles[0]?.contents ?? "").toString("base64");
const { seedSchema } = await import(`data:text/javascript;base64,${code}`);
await writeFile("seed.schema.json", `${JSON.stringify(seedSchema(), null, 2)}\n`);
