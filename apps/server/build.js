// Builds the package into `dist`: `node build.js` for everything, `node build.js command` for the command alone.
import { cp, rm } from "node:fs/promises";
import { bundleCode } from "./build/code.js";

await rm("dist", { recursive: true, force: true });
const isCommandOnly = process.argv[2] === "command";
await Promise.all([
  bundleCode(isCommandOnly ? ["main"] : ["main", "index", "vitest"]),
  cp("../console/page", "dist/console", { recursive: true }),
]);
if (!isCommandOnly) {
  // The compiler takes longer to load than the command to build.
  const { bundleDeclarations } = await import("./build/declarations.js");
  await bundleDeclarations(["index", "vitest"]);
}
