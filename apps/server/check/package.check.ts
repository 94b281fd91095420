import { spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
// Packed packages are installed and run in one way.
import { install } from "../../../packages/client/check/install.ts";
import { packInto } from "../../../packages/client/check/pack-into.ts";
import { run } from "../../../packages/client/check/run.ts";

const home = join(import.meta.dirname, "..");
const packed = join(home, ".cache/packed");
const tarball = join(packed, "server.tgz");
const consumer = join(home, ".cache/consumer");
const tools = join(home, ".cache/tools");
const compilers = { "5.9": "npm:typescript@5.9.3", "6.0": "npm:typescript@6.0.3", "7.0": "npm:typescript@7.0.2" };

beforeAll(async () => {
  await packInto(packed, home, tarball);
  rmSync(consumer, { recursive: true, force: true });
  await install(consumer, {
    "@dayzero-tokens/server": `file:${tarball}`,
    "@types/node": "20.19.43",
    esbuild: "0.28.2",
    vitest: "4.1.12",
  });
  cpSync(join(import.meta.dirname, "fixture"), consumer, { recursive: true });
  const typescripts = Object.entries(compilers).map(([version, spec]) => [`typescript-${version}`, spec]);
  await install(tools, { "@arethetypeswrong/cli": "0.18.5", publint: "0.3.25", ...Object.fromEntries(typescripts) });
});

const manifest = () => JSON.parse(readFileSync(join(packed, "package/package.json"), "utf8"));
const files = () => readdirSync(join(packed, "package"), { recursive: true }).map(String).toSorted();

test("what is unpacked is no larger than 2 MB", () => {
  const bytes = files().reduce((sum, name) => sum + statSync(join(packed, "package", name)).size, 0);
  process.stdout.write(`unpacked: ${bytes} bytes\n`);
  expect(bytes).toBeLessThanOrEqual(2_000_000);
});

test("a user installs one package, and nothing of the workspace is left in it", () => {
  expect(manifest()).not.toHaveProperty("dependencies");
  expect(JSON.stringify(manifest().exports)).not.toContain("source");
  expect(files()).toContain("LICENSE");
  expect(files()).toContain("seed.schema.json");
  expect(files().filter((name) => /\.(?:cache|ts)$/.test(name) && !name.endsWith(".d.ts"))).toEqual([]);
});

test("the licence of each package that is built in comes with it", async () => {
  const script = `
    const { bundleCommand, bundleLibrary } = await import("./build/code.js");
    const folder = ".cache/bundled";
    const built = [...(await bundleCommand(folder)), await bundleLibrary(folder, ["index", "vitest"])];
    const outputs = built.flatMap(({ metafile }) => Object.values(metafile.outputs));
    console.log(JSON.stringify(outputs.flatMap(({ inputs }) => Object.keys(inputs))));`;
  const inputs: string[] = JSON.parse(await run("node", ["--input-type=module", "--eval", script], home));
  const packages = inputs.flatMap((path) => path.split("/node_modules/").slice(1).at(-1) ?? []);
  const names = packages.map((path) => path.split("/", path.startsWith("@") ? 2 : 1).join("/"));
  const notices = readFileSync(join(packed, "package/dist/THIRD-PARTY-NOTICES"), "utf8")
    .split(/^-{80}$/m)
    .slice(1);
  const noticed = notices.map((notice) => notice.trim().split(" ", 1)[0]);
  expect(names).toContain("express");
  expect(noticed).toEqual([...new Set(names)].toSorted());
  expect(notices.filter((notice) => !/copyright/i.test(notice))).toEqual([]);
});

test("publint finds nothing, as strict as it goes", async () => {
  expect(await run("node_modules/.bin/publint", [tarball, "--strict"], tools)).toContain("All good!");
});

test("the types are right in every way that an ES module is resolved", async () => {
  const found = await run(
    "node_modules/.bin/attw",
    [tarball, "--profile", "esm-only", "--no-emoji", "--no-color"],
    tools,
  );
  expect(found).not.toMatch(/(?:from ESM\)|bundler): (?!OK)/);
});

test.each(
  Object.keys(compilers).flatMap((version) =>
    [["nodenext", "nodenext"] as const, ["esnext", "bundler"] as const].map((mode) => [version, ...mode] as const),
  ),
)("TypeScript %s takes its types under %s modules with %s resolution", async (version, module, moduleResolution) => {
  const name = `tsconfig-${version}-${moduleResolution}.json`;
  const compilerOptions = {
    target: "es2022",
    lib: ["es2022", "esnext.disposable"],
    types: ["node"],
    module,
    moduleResolution,
    strict: true,
    exactOptionalPropertyTypes: true,
    skipLibCheck: false,
    noEmit: true,
  };
  writeFileSync(join(consumer, "package.json"), JSON.stringify({ private: true, type: "module" }));
  writeFileSync(join(consumer, name), JSON.stringify({ compilerOptions, files: ["in-a-test.ts"] }));
  await run(join(tools, `node_modules/typescript-${version}/bin/tsc`), ["-p", name], consumer);
});

test("a script that imports it runs", async () => {
  await run("node_modules/.bin/esbuild", ["in-a-test.ts", "--target=node20", "--outfile=in-a-test.mjs"], consumer);
  expect(await run("node", ["in-a-test.mjs"], consumer)).toBe("ok\n");
});

test("a Vitest that uses the fixture passes", async () => {
  expect(await run("node_modules/.bin/vitest", ["run", "fixture.test.ts"], consumer)).toContain("1 passed");
});

test("the installed command starts, answers and stops", async () => {
  const double = spawn("node_modules/.bin/dayzero-double", ["--port", "0", "--json"], { cwd: consumer });
  const [line] = await once(double.stdout, "data");
  const { url, token, business_id } = JSON.parse(String(line).split("\n")[0] ?? "");
  const headers = {
    authorization: `Bearer ${token}`,
    "x-business-id": business_id,
    "content-type": "application/json",
  };
  const created = await fetch(`${url}/api/v1/tokens`, { method: "POST", headers, body: '{"name":"ci"}' });
  const page = await fetch(`${url}/_double/`);
  double.kill("SIGTERM");
  const [code] = await once(double, "exit");
  expect([created.status, page.status, code]).toEqual([201, 200, 0]);
});
