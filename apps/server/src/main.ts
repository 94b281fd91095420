import { runProgram } from "./command/program.ts";
import { UsageError } from "./command/usage-error.ts";

// Whoever reads our output may leave before the double ends, which is no reason to end.
process.stdout.on("error", () => {});

runProgram(process.argv.slice(2)).catch(async (error) => {
  // Whoever mixes up where a secret goes does not get it back. Loaded only here: most runs have nothing to say.
  const { maskText } = await import("./control/mask.ts");
  process.stderr.write(`dayzero-double: ${maskText(error instanceof Error ? error.message : String(error))}\n`);
  process.exit(error instanceof UsageError ? 2 : 1);
});
