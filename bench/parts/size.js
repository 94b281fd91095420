import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { summaryOf } from "../measure/summary.js";
import { target } from "./part.js";

const server = new URL("../../apps/server/", import.meta.url);

/** What the published server package takes on a disk. @returns {Promise<import("./part.js").PartResult>} */
export async function size() {
  const { stdout } = await promisify(execFile)("npm", ["pack", "--dry-run", "--json", "--ignore-scripts"], {
    cwd: fileURLToPath(server),
  });
  const [{ unpackedSize }] = JSON.parse(stdout);
  const megabytes = unpackedSize / 2 ** 20;
  const { dependencies = {} } = JSON.parse(await readFile(new URL("package.json", server), "utf8"));
  const count = Object.keys(dependencies).length;
  return {
    title: "Installed size of the server package",
    rows: [{ candidate: "dayzero-double", what: "unpacked", unit: "MiB", value: summaryOf([megabytes]) }],
    targets: [
      target("≤ 2 MB unpacked", megabytes, (value) => value <= 2),
      target("no runtime dependency", count, (value) => value === 0),
    ],
  };
}
