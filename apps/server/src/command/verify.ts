import { writeFileSync } from "node:fs";
import { CannotRun } from "../conformance/cannot-run.ts";
import type { Tier } from "../conformance/case.ts";
import { jsonReport } from "../conformance/json-report.ts";
import { junitReport } from "../conformance/junit-report.ts";
import { type Report, reports } from "../conformance/report.ts";
import { terminalReport } from "../conformance/terminal-report.ts";
import { verify } from "../conformance/verify.ts";
import { wrap } from "../conformance/wrap.ts";
import { UsageError } from "./usage-error.ts";

export interface VerifySettings {
  readonly target?: string;
  readonly token?: string;
  readonly businessId?: string;
  readonly controlToken?: string;
  readonly tier?: Tier;
  readonly only?: string;
  readonly strict: boolean;
  readonly json: boolean;
  readonly junit?: string;
}

/**
 * `dayzero-double verify`. The process ends with 0 where everything that was asked for ran and passed, with 1 where
 * something failed, was not run or was left behind, and with 2 where the suite could not run.
 */
export async function runVerify({ json, junit, ...settings }: VerifySettings): Promise<void> {
  const stopping = new AbortController();
  const stop = () => {
    if (stopping.signal.aborted) process.exit(1);
    stopping.abort();
    process.stderr.write("\nstopping; what was created is revoked first (a second signal stops at once)\n");
  };
  process.on("SIGINT", stop).on("SIGTERM", stop);
  try {
    if (junit !== undefined) saveTo(junit)("");
    const report = reports([mainReport(json), ...(junit === undefined ? [] : [junitReport(saveTo(junit))])]);
    const tally = await verify({ ...withoutEmpty(settings), report, signal: stopping.signal });
    process.exitCode = tally.isGood ? 0 : 1;
  } catch (error) {
    if (!(error instanceof CannotRun)) throw error;
    throw new UsageError(fitting(error.message), { cause: error });
  } finally {
    process.off("SIGINT", stop).off("SIGTERM", stop);
  }
}

function mainReport(json: boolean): Report {
  const { stdout } = process;
  const write = (text: string) => void stdout.write(text);
  if (json) return jsonReport(write);
  return terminalReport({
    write,
    // Some terminals do not know how wide they are.
    width: stdout.isTTY ? stdout.columns || 80 : 0,
    hasColour: stdout.isTTY && !process.env["NO_COLOR"],
  });
}

/** Tried before anything is sent: a run whose report cannot be written is no use. */
const saveTo = (file: string) => (text: string) => {
  try {
    writeFileSync(file, text);
  } catch (cause) {
    throw new CannotRun(`${file} cannot be written: ${cause instanceof Error ? cause.message : cause}`, { cause });
  }
};

/** In lines that fit, as it will be printed: behind the name of the command. */
function fitting(message: string): string {
  const { isTTY, columns } = process.stderr;
  if (!isTTY) return message;
  const name = "dayzero-double: ";
  const lines = `${name}${message}`.split("\n").flatMap((line) => wrap(line, columns || 80));
  return lines.join("\n").slice(name.length);
}

/** A variable that is empty counts as absent: that is how Compose passes on none. */
const withoutEmpty = <Settings extends object>(settings: Settings): Settings =>
  Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== "")) as Settings;
