// The command: `pnpm bench` runs every part and writes results.json and chart.svg; `pnpm bench -- start` runs one.
import { writeFile } from "node:fs/promises";
import { chartOf } from "./chart.js";
import { describeMachine } from "./measure/machine.js";
import { parts } from "./parts/parts.js";
import { tableOf } from "./table.js";

const wanted = process.argv.slice(2).filter((argument) => argument !== "--");
const unknown = wanted.filter((name) => !(name in parts));
if (unknown.length > 0) {
  process.stderr.write(`No such part: ${unknown.join(", ")}. There are: ${Object.keys(parts).join(", ")}\n`);
  process.exit(2);
}

/** @type {Record<string, import("./parts/part.js").PartResult>} */
const results = {};
const machine = describeMachine();
process.stdout.write(`${JSON.stringify(machine)}\n`);
for (const [name, measure] of Object.entries(parts)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  const started = performance.now();
  // One part that breaks, or a peer in it, does not take the others along.
  const result = await measure().catch((error) => {
    process.exitCode = 1;
    return { title: `${name} broke`, rows: [], targets: [], remarks: [String(error)] };
  });
  results[name] = result;
  const seconds = Math.round((performance.now() - started) / 1000);
  process.stdout.write(`\n${tableOf(name, result)}\n  (${name} took ${seconds} s)\n`);
}
if (wanted.length === 0) {
  const rounded = JSON.stringify(
    { machine, parts: results },
    (_key, value) => (typeof value === "number" ? Number(value.toPrecision(4)) : value),
    2,
  );
  await writeFile(new URL("results.json", import.meta.url), `${rounded}\n`);
  await writeFile(new URL("chart.svg", import.meta.url), chartOf({ machine, parts: results }));
}
