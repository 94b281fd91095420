import { parseArgs } from "node:util";
import { compareWithPython } from "./compare.ts";
import { pythonVersion } from "./python.ts";

const { values } = parseArgs({
  options: { texts: { type: "string", default: "100000" }, seed: { type: "string", default: "1" } },
  // pnpm hands its own `--` on.
  args: process.argv.slice(2).filter((argument) => argument !== "--"),
});
const [texts, seed] = [Number(values.texts), Number(values.seed)];
const difference = await compareWithPython(texts, seed);

if (difference === undefined) {
  process.stdout.write(`${texts} texts, seed ${seed}: Python ${pythonVersion()} and the double agree on each\n`);
} else {
  const { body, ...verdicts } = difference;
  process.stdout.write(`They differ on ${JSON.stringify(body.toString())}, in base64 ${body.toString("base64")}\n`);
  process.stdout.write(`${JSON.stringify(verdicts, null, 2)}\n`);
  process.exitCode = 1;
}
