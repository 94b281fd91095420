import { Command, InvalidArgumentError } from "commander";
import { verifyCommand } from "./command/verify-command.ts";
import type { DoubleOptions } from "./double.ts";
import { version } from "./version.ts";

export interface StartSettings extends Required<Pick<DoubleOptions, "port" | "host" | "maxActiveTokens">> {
  /** stdout is one JSON record a line. */
  readonly json: boolean;
}

/** Reads the command line. Exits with 2 and one sentence on anything that it does not know. */
export function parseCommandLine(
  argv: readonly string[],
  start: (settings: StartSettings) => Promise<void>,
): Promise<unknown> {
  const program = new Command("dayzero-double")
    .description("A stateful fake of the api-tokens routes of the DayZero accounting API (unofficial)")
    .version(version)
    .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : 2))
    .showHelpAfterError("(--help lists what there is)");
  program
    .command("start", { isDefault: true })
    .description("start the double")
    .option("--port <n>", "port to listen on; 0 picks a free one", portNumber, 4010)
    .option("--host <address>", "address to bind to", "127.0.0.1")
    .option("--json", "stdout is one JSON record a line", false)
    .option("--max-active-tokens <n>", "active tokens a user; 0: no limit", wholeNumber, 10)
    .action((settings: StartSettings) => start(settings));
  program.addCommand(verifyCommand().copyInheritedSettings(program));
  return program.parseAsync(argv, { from: "user" });
}

function wholeNumber(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError("A whole number, 0 or more, is needed.");
  return Number(text);
}

function portNumber(text: string): number {
  const port = wholeNumber(text);
  if (port > 65_535) throw new InvalidArgumentError("Ports go up to 65535.");
  return port;
}
