import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { beforeAll, expect, test } from "vitest";
import { install } from "./install.ts";
import { packed, tarball, tools } from "./places.ts";
import { run } from "./run.ts";
import { toolVersions } from "./tools.ts";

beforeAll(() => install(tools, toolVersions));

const inPackage = (name: string) => readFileSync(join(packed, "package", name), "utf8");
const manifest = JSON.parse(inPackage("package.json"));
const built = ["index.cjs", "index.d.cts", "index.d.mts", "index.mjs"];

test("the tarball holds these files and no others", () => {
  const files = readdirSync(join(packed, "package"), { recursive: true }).map(String).toSorted();
  const dist = ["dist", ...built.map((name) => `dist/${name}`)];
  expect(files).toEqual(["CHANGELOG.md", "LICENSE", "README.md", ...dist, "package.json"]);
});

test("the tarball is no larger than 40 KB", () => {
  const { size } = statSync(tarball);
  process.stdout.write(`tarball: ${size} bytes\n`);
  expect(size).toBeLessThanOrEqual(40_000);
});

test("a user installs one package: no dependencies, no peers, no install scripts", () => {
  expect(manifest).not.toHaveProperty("dependencies");
  expect(manifest).not.toHaveProperty("peerDependencies");
  expect(manifest).not.toHaveProperty("optionalDependencies");
  expect(Object.keys(manifest.scripts).filter((name) => /install|prepare/.test(name))).toEqual([]);
  expect(manifest.sideEffects).toBe(false);
});

test("nothing of the workspace is left in what is published", () => {
  expect(JSON.stringify(manifest.exports)).not.toContain("source");
  for (const name of built) expect(inPackage(`dist/${name}`)).not.toMatch(/zod|ts-rest|contract|node:|require\(/);
});

test("the declarations stand alone", () => {
  expect(inPackage("dist/index.d.cts")).not.toMatch(/^import|\bimport\(|reference (types|path)/m);
  expect(inPackage("dist/index.d.mts")).toBe('export * from "./index.cjs";\n');
});

test("the version in the code is the version of the package", () => {
  for (const name of ["index.cjs", "index.mjs"]) expect(inPackage(`dist/${name}`)).toContain(`"${manifest.version}"`);
});

test("publint finds nothing, as strict as it goes", async () => {
  expect(await run("node_modules/.bin/publint", [tarball, "--strict"], tools)).toContain("All good!");
});

test("the types are right in every way that they can be resolved", async () => {
  const found = await run("node_modules/.bin/attw", [tarball, "--no-emoji", "--no-color"], tools);
  expect(found).toContain("No problems found");
});

test.each([
  ["everything", "export * from '@dayzero-tokens/client'", 8192],
  [
    "a program that creates a token",
    "import { DayZero } from '@dayzero-tokens/client'; new DayZero().tokens.create({ name: 'x' })",
    8192,
  ],
])("%s is no larger than its budget, minified and zipped", async (name, source, budget) => {
  const code = await bundle(source);
  const size = gzipSync(code, { level: 9 }).length;
  process.stdout.write(`${name}: ${code.length} bytes minified, ${size} zipped\n`);
  expect(size).toBeLessThanOrEqual(budget);
});

/** As a browser would get it. */
async function bundle(source: string): Promise<string> {
  const { buildSync } = await import("esbuild");
  const { outputFiles } = buildSync({
    stdin: { contents: source, resolveDir: packed.replace("packed", "consumer") },
    bundle: true,
    minify: true,
    format: "esm",
    target: "es2022",
    platform: "browser",
    write: false,
  });
  return outputFiles.map(({ text }) => text).join("");
}
