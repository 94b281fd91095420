// Builds the package: `node build.js` for everything, `node build.js command` for the command alone, and with a folder
// after that into the folder.
import { cp, rm } from "node:fs/promises";
import { bundleCommand, bundleLibrary } from "./build/code.js";

const isCommandOnly = process.argv[2] === "command";
const folder = process.argv[3] ?? "dist";
await rm(folder, { recursive: true, force: true });
await Promise.all([
  bundleCommand(folder),
  isCommandOnly ? undefined : bundleLibrary(folder, ["index", "vitest"]),
  cp(new URL("../console/page", import.meta.url), `${folder}/console`, { recursive: true }),
]);
if (!isCommandOnly) {
  // The compiler takes longer to load than the command to build.
  const { bundleDeclarations } = await import("./build/declarations.js");
  await bundleDeclarations(["index", "vitest"]);
}
