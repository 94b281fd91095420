import { rmSync } from "node:fs";
import { install } from "./install.ts";
import { packInto } from "./pack-into.ts";
import { consumer, home, packed, tarball } from "./places.ts";

/** Packs the client, and installs the tarball into a clean project, as its users do. */
export default async function setup(): Promise<void> {
  await packInto(packed, home, tarball);
  rmSync(consumer, { recursive: true, force: true });
  await install(consumer, { "@dayzero-tokens/client": `file:${tarball}`, "@types/node": "20.19.43" });
}
