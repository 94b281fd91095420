import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { run } from "./run.ts";

type Versions = Readonly<Record<string, string>>;

/** Makes `folder` a project with exactly these packages. Does nothing when it is one already. */
export async function install(folder: string, dependencies: Versions): Promise<void> {
  const done = join(folder, ".installed.json");
  const wanted = JSON.stringify(dependencies);
  if (existsSync(done) && readFileSync(done, "utf8") === wanted) return;
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "package.json"), JSON.stringify({ private: true, dependencies }));
  await run("npm", ["install", "--ignore-scripts", "--no-audit", "--no-fund", "--no-package-lock"], folder);
  writeFileSync(done, wanted);
}
