import { Command, type CommanderError, InvalidArgumentError, Option } from "commander";
import { version } from "../world/version.ts";
import { helpOf } from "./help.ts";
import { wholeNumber } from "./kinds.ts";
import type { OpenapiOptions } from "./openapi.ts";
import type { ReadyOptions } from "./ready.ts";
import type { Source } from "./settings.ts";
import { kebab, startOptionList } from "./start-options.ts";
import { UsageError } from "./usage-error.ts";
import { verifyCommand } from "./verify-command.ts";

/** Runs what the command line asks for. Rejects with a {@link UsageError} where that makes no sense. */
export async function runProgram(argv: readonly string[]): Promise<void> {
  const program = createProgram();
  try {
    await program.parseAsync(isAboutStart(argv[0]) ? ["start", ...argv] : argv, { from: "user" });
  } catch (error) {
    if (!isCommanderError(error)) throw error;
    if (error.exitCode !== 0) throw new UsageError(sentenceOf(error), { cause: error });
  }
}

/** A subcommand is added here: declared in a line or two, and loaded from its own file when it is asked for. */
function createProgram(): Command {
  const program = new Command("dayzero-double")
    .version(version)
    .exitOverride()
    .configureOutput({ outputError: () => {} })
    .helpCommand("help [command]", "show this, or the help of a command");
  program.addCommand(startCommand());
  program
    .command("openapi")
    .summary("write the OpenAPI document of the API, or with --control of /_double")
    .option("--control", "the control plane's document", false)
    .option("--envelope", "the API's, with successes in an envelope", false)
    .option("--out <file>", "where to; stdout without it")
    .action(async (options: OpenapiOptions) => (await import("./openapi.ts")).writeOpenapi(options));
  program
    .command("ready")
    .summary("ask a double whether it is ready; the exit code tells")
    .option("--url <url>", "where the double is", webAddress, "http://127.0.0.1:4010")
    .option("--wait <seconds>", "go on asking that long", seconds, 0)
    .option("--insecure", "take any certificate", false)
    .action(async (options: ReadyOptions) => (await import("./ready.ts")).ready(options));
  program.addCommand(verifyCommand());
  program.helpInformation = () => helpOf(program);
  for (const command of program.commands) {
    command.copyInheritedSettings(program);
    if (command.name() === "start") command.version(version).helpInformation = () => helpOf(program);
  }
  return program;
}

function startCommand(): Command {
  const command = new Command("start").summary("start a double (what happens without a command)");
  for (const [name, option] of startOptionList) {
    if (option.takes === undefined) {
      // Both ways, so that a flag can win over a variable.
      command.addOption(new Option(`--${kebab(name)}`)).addOption(new Option(`--no-${kebab(name)}`));
    } else {
      const flag = new Option(`--${kebab(name)} <${option.takes}>`);
      if (option.isList)
        flag.argParser((text: string, before: string | undefined) => [before, text].filter(Boolean).join());
      command.addOption(flag);
    }
  }
  return command.action(async () => (await import("./start.ts")).start(flagsOf(command)));
}

const flagsOf =
  (command: Command): Source =>
  (name) => {
    const value = command.getOptionValue(name);
    return value === undefined ? undefined : { text: String(value), where: `--${kebab(name)}` };
  };

/** Without a command it is `start` that the flags are for. */
export const isAboutStart = (first: string | undefined) =>
  first === undefined || (first.startsWith("-") && !["-h", "--help", "-V", "--version"].includes(first));

const isCommanderError = (error: unknown): error is CommanderError =>
  error instanceof Error && "exitCode" in error && "code" in error;

/** Commander's own words, on one line. */
function sentenceOf({ message, code }: CommanderError): string {
  const sentence = message.replace(/^error: /, "").replaceAll("\n", " ");
  const isUnknown = code === "commander.unknownOption" || code === "commander.unknownCommand";
  return isUnknown && !sentence.includes("Did you mean")
    ? `${sentence}; dayzero-double --help lists what there is`
    : sentence;
}

function seconds(text: string): number {
  const number = wholeNumber.read(text);
  if (number === undefined) throw new InvalidArgumentError("A whole number of seconds is needed.");
  return number;
}

function webAddress(text: string): string {
  if (!/^https?:\/\//.test(text) || !URL.canParse(text)) {
    throw new InvalidArgumentError("An address such as http://127.0.0.1:4010 is needed.");
  }
  return text.replace(/\/$/, "");
}
