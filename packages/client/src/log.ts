import { env } from "./environment.ts";
import { ConfigError } from "./errors.ts";
import type { Mask } from "./mask.ts";
import type { Logger } from "./options.ts";

/**
 * How much the logger is told: `"warn"`, deprecated routes and hooks that fail (the default); `"info"`, failed attempts
 * too; `"debug"`, every attempt and every answer; `"off"`, nothing.
 */
export type LogLevel = "debug" | "info" | "warn" | "off";

const levels: readonly LogLevel[] = ["debug", "info", "warn", "off"];

const isLevel = (text: string): text is LogLevel => levels.some((level) => level === text);

/** The level that was given, else that of the environment. */
export function logLevelOf(given: string | undefined): LogLevel {
  const level = given ?? env("DAYZERO_LOG") ?? "warn";
  if (isLevel(level)) return level;
  throw new ConfigError(`${given === undefined ? "DAYZERO_LOG" : "logLevel"} has to be debug, info, warn or off`);
}

/** What logging needs of a client. */
export interface Log {
  readonly logger?: Logger | undefined;
  readonly logLevel: LogLevel;
  readonly mask: Mask;
}

/** Tells the logger, if it wants to hear of such things. Whatever the logger does changes nothing. */
export function log({ logger = toConsole, logLevel, mask }: Log, level: keyof Logger, message: string): void {
  if (levels.indexOf(level) < levels.indexOf(logLevel)) return;
  const line = `dayzero-tokens: ${mask.text(message)}`;
  try {
    settle(logger[level] ? logger[level](line) : logger.warn(line), () => {});
  } catch {
    // Nobody is left to be told.
  }
}

// All on stderr: stdout is the program's.
// biome-ignore lint/suspicious/noConsole: it is the logger of whoever has no other.
const say = (line: string) => console.warn(line);
const toConsole: Logger = { debug: say, info: say, warn: say };

/** Hears of it if what a hook or a logger returned turns out to be a promise that rejects. */
export function settle(returned: unknown, report: (cause: unknown) => void): void {
  Promise.resolve(returned).catch(report);
}
