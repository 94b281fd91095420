import { asksForRecords } from "./command/asks-for-records.ts";
import { runProgram } from "./command/program.ts";
import { UsageError } from "./command/usage-error.ts";

// Whoever reads our output may leave before the double ends, which is no reason to end.
for (const stream of [process.stdout, process.stderr]) stream.on("error", () => {});

const given = process.argv.slice(2);

runProgram(given).catch(async (error) => {
  // Whoever mixes up where a secret goes does not get it back. Loaded only here: most runs have nothing to say.
  const { maskText } = await import("./world/mask.ts");
  const message = maskText(error instanceof Error ? error.message : String(error));
  if (asksForRecords(given, process.env)) process.stdout.write(`${JSON.stringify({ event: "error", message })}\n`);
  process.stderr.write(`dayzero-double: ${message}\n`);
  process.exit(error instanceof UsageError ? 2 : 1);
});
