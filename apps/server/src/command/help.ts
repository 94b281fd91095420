import type { Command } from "commander";
import { flagOf, startOptionList } from "./start-options.ts";

/** The help of the command as a whole, which is that of `start` too. It fits a screen. */
export const helpOf = (program: Command) => `\
Usage: dayzero-double [command] [options]

Commands:
${program.commands.map((command) => row(command.name(), command.summary(), 9)).join("\n")}
${row("help", "show this, or the help of a command", 9)}

Options of start:
${startOptionList.map(([name, option]) => row(`${flagOf(name, option)} ${option.takes ?? ""}`, meaning(option), 23)).join("\n")}
${row("-V, --version; -h, --help", "", 0).trimEnd()}

Each is an environment variable too, DAYZERO_DOUBLE_PORT and so on, and a key of
the config file: port. Flags win over variables, variables over the file.

Examples:
  dayzero-double --port 0 --json
  dayzero-double --seed-file team.yaml --state-file state.json
  dayzero-double ready --wait 10 && npm test
`;

const row = (name: string, text: string, width: number) => `  ${name.trimEnd().padEnd(width)} ${text}`;

const meaning = ({ says, otherwise, takes }: { says: string; otherwise: unknown; takes?: string }) =>
  takes === undefined || otherwise === undefined || Array.isArray(otherwise) ? says : `${says} (${otherwise})`;
