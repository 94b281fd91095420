import { styleText } from "node:util";
import { maskText } from "../world/mask.ts";
import { greeting, readyRecord, type Started } from "./greeting.ts";

/** Says what happens to a running double. */
export interface Announcer {
  ready(started: Started): void;
  /** What somebody should know of. */
  warn(message: string): void;
  /** What the double itself got wrong. */
  report(what: string, error: unknown): void;
  /** The end was asked for, and has to wait for what is under way. */
  stopping(): void;
  stopped(): void;
}

/** One JSON record a line, all on stdout. */
export const recordAnnouncer: Announcer = {
  ready: (started) => writeRecord(readyRecord(started)),
  warn: (message) => writeRecord({ event: "warning", message: maskText(message) }),
  report: (what, error) => writeRecord({ event: "error", message: what, error: maskText(traceOf(error)) }),
  stopping: () => writeRecord({ event: "stopping" }),
  stopped: () => writeRecord({ event: "stopped" }),
};

/** Sentences: the greeting on stdout, what is wrong on stderr. */
export const sentenceAnnouncer: Announcer = {
  ready: (started) => void process.stdout.write(greeting(started)),
  warn: (message) => writeLine("yellow", "warning", maskText(message)),
  report: (what, error) => writeLine("red", "error", `${what}; please report this:\n${maskText(traceOf(error))}`),
  stopping: () =>
    void process.stderr.write("\nstopping; requests under way are answered first (a second signal stops at once)\n"),
  stopped: () => {},
};

const writeRecord = (record: object) => void process.stdout.write(`${JSON.stringify(record)}\n`);

const writeLine = (colour: "yellow" | "red", label: string, text: string) =>
  void process.stderr.write(`${styleText(colour, `${label}:`, { stream: process.stderr })} ${text}\n`);

const traceOf = (error: unknown) => (error instanceof Error ? (error.stack ?? error.message) : String(error));
