import { open, readFile, readlink, realpath, rename, rm } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import type { State } from "@dayzero-tokens/contract/control";
import { NotPossible } from "../steering/not-possible.ts";
import { readState as readStateDocument } from "../steering/read-state.ts";
import { whyUnreadable } from "./read-text.ts";
import { UsageError } from "./usage-error.ts";

/** The state in a file; undefined: there is no such file yet. A damaged one is refused, and stays as it is. */
export async function readState(path: string): Promise<State | undefined> {
  const text = await readFile(path, "utf8").catch((error) => {
    if (isMissing(error)) return undefined;
    throw new UsageError(`${path}: ${whyUnreadable(error)}`, { cause: error });
  });
  if (text === undefined) return undefined;
  const document = parsed(path, text);
  try {
    return readStateDocument(document);
  } catch (error) {
    throw error instanceof NotPossible ? damaged(path, error.message) : error;
  }
}

/** Puts `text` in the place of what is in the file: whoever looks, at any moment, finds the one or the other, whole. */
export async function replaceFile(path: string, text: string): Promise<void> {
  const temporary = `${path}.tmp`;
  // Made anew: what was left there, or put there, would be followed where it leads or keep its mode.
  await rm(temporary, { force: true });
  const file = await open(temporary, "wx", 0o600);
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(temporary, path);
  await syncFolder(dirname(path));
}

/** Where a link leads, to a file or to nothing yet, so that it is not the link that is replaced. */
export async function resolveLink(path: string): Promise<string> {
  try {
    return await realpath(path);
  } catch (error) {
    const target = isMissing(error) ? await readlink(path).catch(() => undefined) : undefined;
    return target === undefined ? path : resolveLink(resolve(await realpath(dirname(path)), target));
  }
}

const isMissing = (error: unknown) => error instanceof Error && "code" in error && error.code === "ENOENT";

function parsed(path: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw damaged(path, text === "" ? "it is empty" : "it is no whole JSON");
  }
}

const damaged = (path: string, why: string) =>
  new UsageError(`${path}: this state cannot be read: ${why}; restore it, or move it away to start afresh`);

/** A rename lasts once its folder is on the disk. Windows has no such step. */
async function syncFolder(path: string): Promise<void> {
  if (process.platform === "win32") return;
  const folder = await open(path, "r");
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
