import { mkdirSync, readdirSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { run } from "./run.ts";

/** Builds and packs the package at `home`: a tarball and, beside it, what is in it. */
export async function packInto(folder: string, home: string, tarball: string): Promise<void> {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  await run("pnpm", ["run", "build"], home);
  await run("pnpm", ["pack", "--pack-destination", folder], home);
  for (const name of readdirSync(folder)) renameSync(join(folder, name), tarball);
  await run("tar", ["-xzf", tarball], folder);
}
