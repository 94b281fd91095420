import { type ChildProcessByStdio, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { inject } from "vitest";

/** What a run of the command can be given beside its arguments. */
export interface RunOptions {
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  /** Loaded before the command. */
  readonly preload?: string;
}

/** A run of the command that has ended. */
export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A JSON record on stdout. */
export type Line = Readonly<Record<string, unknown>> & { readonly event: string };

/** A double in a process of its own. It is killed at the end of the scope. */
export interface RunningCommand extends AsyncDisposable {
  readonly pid: number;
  readonly url: string;
  readonly ready: Line;
  /** Resolves to the first record of the kind, that was printed or will be. */
  record(event: string): Promise<Line>;
  kill(signal: NodeJS.Signals): void;
  /** Stops reading what it says, or what it complains of. */
  closeOutput(stream?: "stdout" | "stderr"): void;
  /** Resolves once the process has ended. */
  readonly ended: Promise<Ended>;
}

/** Runs the command until it ends of itself. */
export const runCommand = (args: readonly string[], options: RunOptions = {}): Promise<Ended> =>
  endOf(spawnCommand(args, options));

/** A run of the command that ends of itself, and can be sent signals until then. */
export interface Run extends Disposable {
  /** Resolves once stdout and stderr together hold the text. Rejects where the run ends without it. */
  said(text: string): Promise<void>;
  /** What stdout and stderr have said so far. */
  heard(): string;
  kill(signal: NodeJS.Signals): void;
  /** Stops reading what it says, or what it complains of. */
  closeOutput(stream?: "stdout" | "stderr"): void;
  readonly ended: Promise<Ended>;
}

/** Starts a run of the command, which is killed at the end of the scope if it is still there. */
export function startRun(args: readonly string[], options: RunOptions = {}): Run {
  const child = spawnCommand(args, options);
  const ended = endOf(child);
  let heard = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (text) => {
      heard += text;
    });
  }
  return {
    async said(text) {
      while (!heard.includes(text)) {
        const more = Promise.race([once(child.stdout, "data"), once(child.stderr, "data")]);
        await Promise.race([
          more,
          ended.then(({ code }) => Promise.reject(new Error(`It ended with ${code}, and said: ${heard}`))),
        ]);
      }
    },
    heard: () => heard,
    kill: (signal) => void child.kill(signal),
    closeOutput: (stream = "stdout") => void child[stream].destroy(),
    ended,
    [Symbol.dispose]: () => void child.kill("SIGKILL"),
  };
}

/** Starts a double on a free port; resolves once it is ready. Rejects with what it says where it ends instead. */
export async function startCommand(args: readonly string[] = [], options: RunOptions = {}): Promise<RunningCommand> {
  const child = spawnCommand(["--port", "0", "--json", ...args], options);
  const ended = endOf(child);
  const records: Line[] = [];
  const lines = createInterface({ input: child.stdout });
  lines.on("line", (line) => records.push(JSON.parse(line)));
  const record = async (event: string): Promise<Line> => {
    for (;;) {
      const found = records.find((each) => each.event === event);
      if (found !== undefined) return found;
      await once(lines, "line");
    }
  };
  const ready = await Promise.race([
    record("ready"),
    ended.then(({ code, stderr }) => Promise.reject(new Error(`It ended with ${code}: ${stderr}`))),
  ]);
  return {
    pid: child.pid ?? 0,
    url: String(ready["url"]),
    ready,
    record,
    kill: (signal) => void child.kill(signal),
    closeOutput: (stream = "stdout") => void child[stream].destroy(),
    ended,
    async [Symbol.asyncDispose]() {
      child.kill("SIGKILL");
      await ended;
    },
  };
}

/** A folder of a test's own, removed at the end of the scope. */
export interface TestFolder extends AsyncDisposable {
  readonly path: string;
  /** Writes a file, and answers with its path. */
  write(name: string, text: string): Promise<string>;
}

export async function testFolder(): Promise<TestFolder> {
  const path = await mkdtemp(join(tmpdir(), "dayzero-double-test-"));
  return {
    path,
    async write(name, text) {
      await writeFile(join(path, name), text);
      return join(path, name);
    },
    [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }),
  };
}

type Child = ChildProcessByStdio<null, Readable, Readable>;

/** With nothing of this process's environment but what Node needs. */
function spawnCommand(args: readonly string[], { env = {}, cwd, preload }: RunOptions): Child {
  const { PATH = "", SystemRoot = "" } = process.env;
  const node = preload === undefined ? [] : ["--import", preload];
  return spawn(process.execPath, [...node, inject("command"), ...args], {
    env: { PATH, SystemRoot, ...env },
    cwd: cwd ?? tmpdir(),
    stdio: ["ignore", "pipe", "pipe"],
  });
}

async function endOf(child: Child): Promise<Ended> {
  let stdout = "";
  let stderr = "";
  child.stdout.setEncoding("utf8").on("data", (text) => {
    stdout += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text) => {
    stderr += text;
  });
  const [code] = await once(child, "close");
  return { code, stdout, stderr };
}
