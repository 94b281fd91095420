import { readFileSync, renameSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { Script } from "node:vm";

// Most of a start would go into compiling the command. What V8 made of it is kept beside it, for this V8 alone; V8 itself
// sees whether it still fits. Where nothing can be written there, a start takes as long as the first.
const program = fileURLToPath(new URL("command.cjs", import.meta.url));
const cache = `${program}.${process.versions.v8}-${process.arch}.cache`;
/** Long enough for a start, whose functions are worth keeping; what ends sooner has called too few of them. */
const afterStartMs = 100;

const script = new Script(`(function (require, __filename) {${readFileSync(program, "utf8")}\n})`, {
  filename: program,
  cachedData: readIfThere(cache),
});
script.runInThisContext()(createRequire(program), program);

if (script.cachedDataRejected !== false) setTimeout(keep, afterStartMs).unref();

function keep(): void {
  const temporary = `${cache}.${process.pid}`;
  try {
    writeFileSync(temporary, script.createCachedData());
    renameSync(temporary, cache);
  } catch {
    // A folder that cannot be written to: the next start compiles again.
  }
}

function readIfThere(path: string): Buffer | undefined {
  try {
    return readFileSync(path);
  } catch {
    return undefined;
  }
}
