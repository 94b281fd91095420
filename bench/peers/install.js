import { execFile } from "node:child_process";
import { access, cp, mkdir, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { openapi } from "@dayzero-tokens/contract/openapi";
import { versions } from "./versions.js";

/** @typedef {import("./versions.js").PeerName} PeerName */

const run = promisify(execFile);
const root = new URL("../.peers/", import.meta.url);
const files = new URL("files/", import.meta.url);

/** @param {PeerName} name @param {string} path */
export const inPeer = (name, path) => fileURLToPath(new URL(`${name}/${path}`, root));

/**
 * Installs what is not there yet, in a folder that git ignores. Answers which are there, and why the others are not.
 * @param {readonly PeerName[]} names
 */
export async function installPeers(names) {
  /** @type {Set<PeerName>} */
  const there = new Set();
  /** @type {string[]} */
  const remarks = [];
  for (const name of names) {
    try {
      await installPeer(name);
      there.add(name);
    } catch (error) {
      remarks.push(`${name} could not be installed: ${String(error).split("\n")[0]}`);
    }
  }
  return { there, remarks };
}

/** @param {PeerName} name */
async function installPeer(name) {
  const folder = inPeer(name, "");
  await mkdir(folder, { recursive: true });
  const marker = inPeer(name, versions[name].replaceAll("/", "+"));
  if (
    await access(marker).then(
      () => false,
      () => true,
    )
  ) {
    process.stderr.write(`installing ${versions[name]}\n`);
    await writeFile(inPeer(name, "package.json"), '{ "private": true }');
    const quietly = ["--no-audit", "--no-fund", "--ignore-scripts", "--loglevel=error"];
    await run("npm", ["install", ...quietly, "--prefix", folder, versions[name]], { cwd: folder });
    await writeFile(marker, "");
  }
  await cp(fileURLToPath(files), folder, { recursive: true });
  await writeFile(inPeer(name, "openapi.json"), JSON.stringify(openapi()));
}
