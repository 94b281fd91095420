import { copyFileSync, readFileSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { bundlers } from "./bundlers.ts";
import { install } from "./install.ts";
import { dist, runOwnTests } from "./own-tests.ts";
import { consumer, packed, tools } from "./places.ts";
import { run } from "./run.ts";
import { startServer, told } from "./server.ts";
import { toolVersions } from "./tools.ts";

const fixtures = join(import.meta.dirname, "fixtures");
const { version } = JSON.parse(readFileSync(join(packed, "package/package.json"), "utf8"));
const write = (name: string, text: string) => writeFileSync(join(consumer, name), text);
const copy = (from: string, to: string) => copyFileSync(join(fixtures, from), join(consumer, to));

beforeAll(async () => {
  await install(tools, toolVersions);
  copy("call.js", "call.mjs");
  write("entry.mjs", 'export * from "@dayzero-tokens/client";\n');
  for (const name of ["use.ts", "use.mts", "use.cts"]) copy("use.ts", name);
});

test("an ES module imports it", async () => {
  await using server = await startServer();
  write("esm.mjs", `import * as client from "@dayzero-tokens/client";\n${calling(server.url)}`);
  expect(JSON.parse(await run(process.execPath, ["esm.mjs"], consumer))).toEqual(told(version));
});

test("a CommonJS module requires it", async () => {
  await using server = await startServer();
  write("cjs.cjs", `const client = require("@dayzero-tokens/client");\n${calling(server.url, "await import")}`);
  expect(JSON.parse(await run(process.execPath, ["cjs.cjs"], consumer))).toEqual(told(version));
});

const calling = (url: string, take = "import") =>
  take === "import"
    ? `import { call } from "./call.mjs";\nawait call(client, "${url}", (line) => process.stdout.write(line));\n`
    : `import("./call.mjs").then(({ call }) => call(client, "${url}", (line) => process.stdout.write(line)));\n`;

test("errors of three copies in one process know each other", async () => {
  const { build } = await import("esbuild");
  const entryPoints = [join(consumer, "entry.mjs")];
  await build({ entryPoints, outfile: join(consumer, "bundled.cjs"), bundle: true, minify: true, format: "cjs" });
  copy("copies.cjs", "copies.cjs");
  const answers: Record<string, unknown> = JSON.parse(await run(process.execPath, ["copies.cjs"], consumer));
  expect(Object.keys(answers)).toHaveLength(9);
  for (const answer of Object.values(answers)) expect(answer).toEqual([true, false]);
});

test.each(["index.mjs", "index.cjs", "minified.mjs"])("the client's own tests pass on %s", async (name) => {
  await bundlers["esbuild for browsers"]?.("entry.mjs", relative(consumer, join(dist, "minified.mjs")));
  expect(await runOwnTests(process.execPath, name)).toMatch(/Tests .*\d{3} passed/);
});

// TypeScript 7 has no node10 any more.
const cases = ["5.4", "5.9", "6.0", "7.0"]
  .flatMap((typescript) =>
    [
      { name: "nodenext", files: ["use.mts", "use.cts"], module: "nodenext", moduleResolution: "nodenext" },
      { name: "node16", files: ["use.mts", "use.cts"], module: "node16", moduleResolution: "node16" },
      { name: "bundler", files: ["use.ts"], module: "esnext", moduleResolution: "bundler" },
      { name: "node10", files: ["use.ts"], module: "commonjs", moduleResolution: "node10" },
    ].map((mode) => ({ typescript, ...mode })),
  )
  .filter(({ typescript, name }) => !(typescript === "7.0" && name === "node10"));

test.each(cases)(
  "TypeScript $typescript takes its types under $name",
  async ({ typescript, files, module, moduleResolution, name }) => {
    const compilerOptions = {
      target: "es2022",
      lib: ["es2022"],
      types: ["node"],
      module,
      moduleResolution,
      strict: true,
      exactOptionalPropertyTypes: true,
      noUncheckedIndexedAccess: true,
      skipLibCheck: false,
      noEmit: true,
      ...(typescript === "6.0" && moduleResolution === "node10" && { ignoreDeprecations: "6.0" }),
    };
    const config = `tsconfig.${typescript}.${name.replace(/\W+/g, "-")}.json`;
    write(config, JSON.stringify({ compilerOptions, files }));
    const compiler = join(tools, "node_modules", `typescript-${typescript}`, "bin/tsc");
    expect(await run(process.execPath, [compiler, "-p", config], consumer)).toBe("");
  },
);

test.each(Object.keys(bundlers))("a bundle by %s works", async (name) => {
  await using server = await startServer();
  const output = `bundle.${name.replace(/\W+/g, "-")}.mjs`;
  write(
    "app.mjs",
    'import * as client from "@dayzero-tokens/client";\nexport { client };\nexport { call } from "./call.mjs";\n',
  );
  await bundlers[name]?.("app.mjs", output);
  expect(readFileSync(join(consumer, output), "utf8")).not.toMatch(/["']node:|\brequire\(|\bfrom ?["']/);
  const source = `import { call, client } from "./${output}";\nawait call(client, "${server.url}", (line) => process.stdout.write(line));\n`;
  write("run.mjs", source);
  expect(JSON.parse(await run(process.execPath, ["run.mjs"], consumer))).toEqual(told(version));
});
