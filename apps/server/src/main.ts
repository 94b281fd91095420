import { runProgram } from "./command/program.ts";
import { UsageError } from "./command/usage-error.ts";

// Whoever reads our output may leave before the double ends, which is no reason to end.
for (const stream of [process.stdout, process.stderr]) stream.on("error", () => {});

runProgram(process.argv.slice(2)).catch((error) => {
  process.stderr.write(`dayzero-double: ${error instanceof Error ? error.message : error}\n`);
  process.exit(error instanceof UsageError ? 2 : 1);
});
