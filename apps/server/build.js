// Builds the package: `node build.js` for everything, `node build.js command` for the command alone, and with a folder
// after that into the folder.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { cp, readdir, rm } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { bundleCommand, bundleLibrary } from "./build/code.js";
import { writeNotices } from "./build/notices.js";

const isCommandOnly = process.argv[2] === "command";
const folder = process.argv[3] ?? "dist";
await rm(folder, { recursive: true, force: true });
const [command, library] = await Promise.all([
  bundleCommand(folder),
  isCommandOnly ? undefined : bundleLibrary(folder, ["index", "vitest"]),
  cp(new URL("../console/page", import.meta.url), `${folder}/console`, { recursive: true }),
]);
const built = [...command, ...(library === undefined ? [] : [library])];
await writeNotices(
  `${folder}/THIRD-PARTY-NOTICES`,
  built.map(({ metafile }) => metafile),
);
await startOnce(folder);
if (!isCommandOnly) {
  // The compiler takes longer to load than the command to build.
  const { bundleDeclarations } = await import("./build/declarations.js");
  await bundleDeclarations(["index", "vitest"]);
}

/** Starts the command and gives it a request, so that what V8 compiles is kept for the starts to come. */
async function startOnce(/** @type {string} */ folder) {
  const double = spawn(process.execPath, [`${folder}/main.js`, "--port", "0", "--json"], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [line] = await once(double.stdout, "data");
  const { url, token, business_id } = JSON.parse(String(line).split("\n")[0] ?? "");
  const headers = {
    authorization: `Bearer ${token}`,
    "x-business-id": business_id,
    "content-type": "application/json",
  };
  await fetch(`${url}/api/v1/tokens`, { method: "POST", headers, body: '{"name":"first"}' });
  for (let tries = 0; tries < 40 && !(await readdir(folder)).some((name) => name.endsWith(".cache")); tries += 1) {
    await sleep(50);
  }
  double.kill();
  await once(double, "exit");
}
