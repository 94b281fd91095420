import { rmSync } from "node:fs";
import { readFile, rm, writeFile } from "node:fs/promises";
import { whyUnreadable } from "./read-text.ts";
import { UsageError } from "./usage-error.ts";

/**
 * Takes the state file for this process until it ends. Two doubles would each write over what the other has written.
 * A lock whose process is gone, as after a kill, is taken over.
 */
export async function lockState(path: string): Promise<void> {
  const lock = `${path}.lock`;
  const own = `${process.pid}\n`;
  try {
    await writeFile(lock, own, { flag: "wx" });
  } catch (error) {
    if (!isThereAlready(error)) throw new UsageError(`${path}: ${whyNoLock(error)}`, { cause: error });
    const holder = Number(await readFile(lock, "utf8").catch(() => ""));
    if (isRunning(holder)) {
      throw new UsageError(
        `${path}: process ${holder} keeps its state here; stop it, or choose another --state-file (if it is no double, delete ${lock})`,
      );
    }
    // Not written over, which would follow a link.
    await rm(lock, { force: true });
    return lockState(path);
  }
  process.once("exit", () => rmSync(lock, { force: true }));
}

const codeOf = (error: unknown) => (error instanceof Error && "code" in error ? error.code : undefined);
const isThereAlready = (error: unknown) => codeOf(error) === "EEXIST";

const whyNoLock = (error: unknown) =>
  codeOf(error) === "ENOENT" ? "there is no such folder; make it first" : whyUnreadable(error);

function isRunning(process_: number): boolean {
  // A container's processes have the same few ids at every start.
  if (!(process_ > 0) || process_ === process.pid) return false;
  try {
    process.kill(process_, 0);
    return true;
  } catch (error) {
    return codeOf(error) === "EPERM";
  }
}
