import { execFile } from "node:child_process";
import { cp, mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { openapi } from "@dayzero-tokens/contract/openapi";
import { createClient } from "@hey-api/openapi-ts";
import { build } from "esbuild";
import openapiTypescript, { astToString } from "openapi-typescript";
import { beforeAll, expect, test } from "vitest";
import { startDouble } from "../src/index.ts";
import { controlOpenapi } from "../src/steering/info.ts";

const run = promisify(execFile);
const home = join(import.meta.dirname, "../../..");
const folder = join(import.meta.dirname, "../.cache/generated-clients");
const programs = ["openapi-fetch", "hey-api"];

beforeAll(async () => {
  await rm(folder, { recursive: true, force: true });
  await cp(join(import.meta.dirname, "generated-clients"), folder, { recursive: true });
  await mkdir(join(folder, "openapi-typescript"));
  for (const [name, document] of Object.entries({ api: openapi(), control: controlOpenapi() })) {
    // As written: a generator may change what it is handed.
    const written = JSON.stringify(document);
    const types = astToString(await openapiTypescript(written));
    await writeFile(join(folder, "openapi-typescript", `${name}.ts`), types);
    await createClient({
      input: JSON.parse(written),
      output: { path: join(folder, "hey-api", name), module: { extension: ".ts" } },
      plugins: ["@hey-api/typescript", "@hey-api/sdk", "@hey-api/client-fetch"],
      logs: { level: "silent", file: false },
    });
  }
}, 120_000);

test("clients that are generated from both documents compile as strictly as this repository does", async () => {
  await leaveOutRuntime();
  const config = {
    extends: join(home, "tsconfig.base.json"),
    compilerOptions: {
      lib: ["es2023", "esnext.disposable", "dom", "dom.iterable"],
      typeRoots: [join(home, "node_modules/@types")],
    },
    include: ["**/*.ts"],
  };
  await writeFile(join(folder, "tsconfig.json"), JSON.stringify(config));

  const check = run(process.execPath, [join(home, "node_modules/typescript/bin/tsc"), "-p", folder]);

  expect((await check.catch(({ stdout }) => ({ stdout }))).stdout).toBe("");
}, 120_000);

test.each(programs)(
  "a client of %s steers a double, and does with the API what there is to do",
  async (name) => {
    const outfile = join(folder, `${name}.mjs`);
    await build({ entryPoints: [join(folder, `${name}.ts`)], outfile, bundle: true, platform: "node", format: "esm" });
    const { workThrough } = await import(pathToFileURL(outfile).href);
    await using double = await startDouble();

    expect(await workThrough(double.url)).toEqual({
      frozen: "frozen",
      now: "2030-01-03T00:00:00.500000Z",
      faults: 2,
      ...(name === "hey-api" && { streamed: ["createToken"] }),
      created: "2030-01-04T00:00:00.500000Z",
      faulty: 503,
      listed: ["sandbox", "generated"],
      revoked: "rotated",
      again: "Token is already revoked",
      met: 1,
      unmet: "too_few",
      journal: ["createToken", "revokeToken"],
      reset: 2,
      gone: "There is no such fault; it may be used up",
    });
  },
  60_000,
);

/** What hey-api brings to run its clients with is no declaration file, so that skipLibCheck does not pass it over. */
async function leaveOutRuntime(): Promise<void> {
  for (const entry of await readdir(join(folder, "hey-api"), { recursive: true })) {
    if (!/[\\/](client|core)[\\/].*\.ts$/.test(entry)) continue;
    const path = join(folder, "hey-api", entry);
    await writeFile(path, `// @ts-nocheck\n${await readFile(path, "utf8")}`);
  }
}
