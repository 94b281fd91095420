import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { TestProject } from "vitest/node";

declare module "vitest" {
  interface ProvidedContext {
    /** The command's entry, built from the sources as they are now. */
    command: string;
  }
}

/** Builds the command once for all tests that run it; the function that it returns takes it away. */
export default function buildCommand(project: TestProject): () => void {
  const folder = mkdtempSync(join(tmpdir(), "dayzero-double-"));
  // Outside the package Node has to be told that its modules are ES modules.
  writeFileSync(join(folder, "package.json"), '{"type":"module"}');
  const server = fileURLToPath(new URL("..", import.meta.url));
  execFileSync(process.execPath, ["build.js", "command", folder], { cwd: server, stdio: "inherit" });
  project.provide("command", join(folder, "main.js"));
  return () => rmSync(folder, { recursive: true, force: true });
}
