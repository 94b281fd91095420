import { configSource } from "./config-file.ts";
import { environmentSource } from "./environment.ts";
import {
  type StartOption,
  type StartOptionName,
  type StartSettings,
  startOptionList,
  startOptions,
} from "./start-options.ts";
import { UsageError } from "./usage-error.ts";

/** A setting as somebody wrote it, and where. */
export interface Given {
  readonly text: string;
  readonly where: string;
}

/** One place that settings come from. */
export type Source = (name: StartOptionName) => Given | undefined;

export interface Resolved {
  readonly settings: StartSettings;
  /** Where each came from: a flag, a variable, a file and key, or `default`. */
  readonly origins: Readonly<Record<StartOptionName, string>>;
}

/** Settles each setting: flags win over the environment, that over the config file, that over the defaults. */
export async function resolveSettings(flags: Source, environment: NodeJS.ProcessEnv): Promise<Resolved> {
  const variables = environmentSource(environment);
  const config = read("config", startOptions.config, [flags, variables]);
  const file = config.value === undefined ? [] : [await configSource(config.value)];
  const sources = [flags, variables, ...file];
  const all = startOptionList.map(([name, option]) => [name, read(name, option, sources)] as const);
  return {
    // The table names each setting, and its kind reads it.
    settings: Object.fromEntries(all.map(([name, { value }]) => [name, value])) as StartSettings,
    origins: Object.fromEntries(all.map(([name, { from }]) => [name, from])) as Resolved["origins"],
  };
}

function read<T>(
  name: StartOptionName,
  option: StartOption<T>,
  sources: readonly Source[],
): { value: T; from: string } {
  const given = sources.map((source) => source(name)).find((each) => each !== undefined);
  if (given === undefined) return { value: option.otherwise, from: "default" };
  const value = option.kind.read(given.text);
  if (value !== undefined) return { value, from: given.where };
  const instead = option.isSecret || given.text === "" ? "" : `, not ${JSON.stringify(given.text)}`;
  throw new UsageError(`${given.where} must ${option.kind.must}${instead}`);
}
