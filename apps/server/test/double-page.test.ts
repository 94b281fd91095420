import { execFile, spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { build } from "esbuild";
import { beforeAll, expect, inject, test } from "vitest";
import { startDouble } from "../src/index.ts";
import { callsOf } from "./calls.ts";
import { startCommand } from "./command.ts";

const run = promisify(execFile);
const home = join(import.meta.dirname, "../../..");
const folder = join(import.meta.dirname, "../.cache/double-page");
const bundles = join(folder, "bundles");
const page = readFileSync(join(home, "docs/double.md"), "utf8");
const fences = page.match(/^```/gm) ?? [];
const blocks = [...page.matchAll(/^```(\w*)\n(.*?)^```$/gms)].map(([, language = "", code = ""], index) => ({
  language,
  code,
  name: `block ${index + 1} (${language})`,
  file: `block-${index + 1}`,
}));
type Block = (typeof blocks)[number];

/** Blocks that cannot be run here, by what only they hold, and why. */
const notRun: Record<string, string> = {
  "dayzero-double # not run here": "it goes on until Ctrl-C; command-start.test.ts starts it",
  '"@jest/globals"': "Jest is not installed; the double's part is the same as in the block of node:test",
  "docker build": "there is no Docker engine",
  '"testcontainers"': "there is no Docker engine",
  readinessProbe: "there is no Kubernetes; control-guard.test.ts asks by the names that it would",
  service_healthy: "there is no Docker engine",
};

const reasonOf = ({ code }: Block) => Object.entries(notRun).find(([text]) => code.includes(text))?.[1];
const isVitest = ({ code }: Block) => code.includes('"@dayzero-tokens/server/vitest"');
const runnable = (language: string) => blocks.filter((block) => block.language === language && !reasonOf(block));
const [shell, typescript, yaml] = [runnable("sh"), runnable("ts"), runnable("yaml")];

/** What a block says that it prints. */
const printsOf = ({ code }: Block) => [...code.matchAll(/(?:#|\/\/) prints (.*)$/gm)].map(([, text = ""]) => text);
const linesOf = (stdout: string) => stdout.split("\n").filter((line) => line !== "");

const hasCurl = spawnSync("curl", ["--json", "{}", "--version"]).status === 0;
const missing = hasCurl ? "" : " (skipped: there is no curl with --json on this machine)";
// A proxy of the machine has nothing to do with a double on it.
const env = { ...process.env, no_proxy: "*" };

beforeAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const block of typescript) {
    writeFileSync(join(folder, `${block.file}${isVitest(block) ? ".test" : ""}.ts`), block.code);
  }
  const programs = typescript.filter((block) => !isVitest(block));
  await build({
    entryPoints: programs.map(({ file }) => join(folder, `${file}.ts`)),
    outdir: bundles,
    bundle: true,
    splitting: true,
    platform: "node",
    target: "node20",
    format: "esm",
    outExtension: { ".js": ".mjs" },
    conditions: ["@dayzero-tokens/source"],
    banner: { js: 'import { createRequire } from "node:module";\nconst require = createRequire(import.meta.url);' },
  });
});

test("every block of the page is run, or listed with the reason why not", () => {
  expect(fences).toHaveLength(2 * blocks.length);
  const leftOver = blocks.filter((block) => ![...shell, ...typescript, ...yaml].includes(block));
  expect(leftOver.filter((block) => reasonOf(block) === undefined)).toEqual([]);
  for (const text of Object.keys(notRun)) expect(page).toContain(text);
  expect(leftOver).toHaveLength(Object.keys(notRun).length);
});

test("every TypeScript block that is run is type-checked too", async () => {
  const config = {
    extends: join(home, "tsconfig.base.json"),
    compilerOptions: { typeRoots: [join(home, "node_modules/@types")] },
    include: ["*.ts"],
  };
  writeFileSync(join(folder, "tsconfig.json"), JSON.stringify(config));
  const check = run(process.execPath, [join(home, "node_modules/typescript/bin/tsc"), "-p", folder]);
  expect((await check.catch(({ stdout }) => ({ stdout }))).stdout).toBe("");
});

for (const block of shell) {
  test.skipIf(!hasCurl)(`the shell examples of docs/double.md do what they say${missing}, ${block.name}`, async () => {
    await using double = await startDouble();
    await using sandbox = await double.sandbox();
    const script = [
      "set -euo pipefail",
      `dayzero-double() { "${process.execPath}" "${inject("command")}" "$@"; }`,
      "curl() { command curl --no-progress-meter \"$@\"; printf '\\n'; }",
      block.code,
    ];
    const variables = { DOUBLE: double.url, TOKEN: sandbox.token, BUSINESS: sandbox.businessId };

    const { stdout } = await run("bash", ["-c", script.join("\n")], { env: { ...env, ...variables } });

    expect(linesOf(stdout)).toEqual(expect.arrayContaining(printsOf(block)));
  });
}

test.each(typescript.filter((block) => !isVitest(block)))("$name runs and prints what it says", async (block) => {
  const { stdout } = await run(process.execPath, [join(bundles, `${block.file}.mjs`)], { env });

  if (block.code.includes('"node:test"')) expect(stdout).toMatch(/pass 1$/m);
  else {
    expect(printsOf(block)).not.toEqual([]);
    expect(linesOf(stdout)).toEqual(printsOf(block));
  }
});

test.each(typescript.filter(isVitest))("$name passes in a Vitest of its own", async ({ file }) => {
  const config = join(folder, "vitest.config.js");
  writeFileSync(config, 'export default { ssr: { resolve: { conditions: ["@dayzero-tokens/source"] } } };\n');
  const vitest = join(home, "node_modules/vitest/vitest.mjs");
  const args = [vitest, "run", `${file}.test.ts`, "--root", folder, "--config", config, "--reporter", "json"];

  const { stdout } = await run(process.execPath, args, { env, cwd: folder });

  expect(JSON.parse(stdout)).toMatchObject({ success: true, numPassedTests: 1, numTotalTests: 1 });
});

test.each(yaml)("$name seeds the command", async ({ code, file }) => {
  const path = join(folder, `${file}.yaml`);
  writeFileSync(path, code);
  const [, businessId = ""] = /business: (\S+)/.exec(code) ?? [];
  const [, token = ""] = /secret: (\S+)/.exec(code) ?? [];

  await using double = await startCommand(["--seed-file", path]);

  expect((await callsOf({ url: double.url }, { token, businessId }).listed()).map(({ name }) => name)).toEqual(["ci"]);
});
