import { mkdirSync, readdirSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { install } from "./install.ts";
import { consumer, home, packed, tarball } from "./places.ts";
import { run } from "./run.ts";

/** Builds and packs the client, and installs the tarball into a clean project, as its users do. */
export default async function setup(): Promise<void> {
  rmSync(packed, { recursive: true, force: true });
  mkdirSync(packed, { recursive: true });
  await run("pnpm", ["run", "build"], home);
  await run("pnpm", ["pack", "--pack-destination", packed], home);
  for (const name of readdirSync(packed)) renameSync(join(packed, name), tarball);
  await run("tar", ["-xzf", tarball], packed);
  rmSync(consumer, { recursive: true, force: true });
  await install(consumer, { "@dayzero-tokens/client": `file:${tarball}`, "@types/node": "20.19.43" });
}
