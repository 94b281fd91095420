import { execFile } from "node:child_process";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterEach, beforeAll, expect, test, vi } from "vitest";
import { startDouble } from "../src/index.ts";

const home = join(import.meta.dirname, "../../..");
const folder = join(import.meta.dirname, "../.cache/client-readme");
const readme = readFileSync(join(home, "packages/client/README.md"), "utf8");
const blocks = [...readme.matchAll(/```ts\n(.*?)```/gs)].map(([, code = ""], index) => ({
  code,
  name: `block-${index + 1}.ts`,
}));

beforeAll(() => {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const { code, name } of blocks) writeFileSync(join(folder, name), code);
});

afterEach(() => {
  vi.unstubAllEnvs();
});

test("every block of the client's README is type-checked", async () => {
  const config = {
    extends: join(home, "tsconfig.base.json"),
    // A reader may well write process.env.NAME.
    compilerOptions: { noPropertyAccessFromIndexSignature: false, typeRoots: [join(home, "node_modules/@types")] },
    include: ["*.ts"],
  };
  writeFileSync(join(folder, "tsconfig.json"), JSON.stringify(config));
  const compiler = join(home, "node_modules/typescript/bin/tsc");
  const check = promisify(execFile)(process.execPath, [compiler, "-p", folder]).catch(({ stdout }) => ({ stdout }));
  expect((await check).stdout).toBe("");
});

test("the README has blocks, all of them TypeScript or a command", () => {
  expect(blocks.length).toBeGreaterThan(4);
  const languages = [...readme.matchAll(/^```(\w*)$/gm)].map(([, language]) => language).filter(Boolean);
  expect(new Set(languages)).toEqual(new Set(["sh", "ts"]));
});

test.each(blocks)("$name of the client's README runs against the double", async ({ name }) => {
  await using double = await startDouble();
  await using sandbox = await double.sandbox();
  for (let n = 0; n < 4; n++) await sandbox.client.tokens.create({ name: `token ${n}` });
  vi.stubEnv("DAYZERO_BASE_URL", double.url);
  vi.stubEnv("DAYZERO_API_TOKEN", sandbox.token);
  vi.stubEnv("DAYZERO_BUSINESS_ID", sandbox.businessId);
  const log = vi.spyOn(console, "log").mockImplementation(() => {});

  const { GET, default: worker } = await import(join(folder, name));

  // A block either prints something or answers requests.
  const handle = GET ?? worker?.fetch;
  if (handle === undefined) return expect(log).toHaveBeenCalled();
  const env = { DAYZERO_API_TOKEN: sandbox.token, DAYZERO_BUSINESS_ID: sandbox.businessId };
  expect(await handle(new Request("https://app.example/"), env)).toHaveProperty("status", 200);
});
