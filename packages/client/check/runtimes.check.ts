import { copyFileSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, type TestContext, test } from "vitest";
import { bundlers } from "./bundlers.ts";
import { consumer, packed } from "./places.ts";
import { run } from "./run.ts";
import { installRuntime } from "./runtimes.ts";
import { startServer, told } from "./server.ts";

const fixtures = join(import.meta.dirname, "fixtures");
const { version } = JSON.parse(readFileSync(join(packed, "package/package.json"), "utf8"));
const write = (name: string, text: string) => writeFileSync(join(consumer, name), text);

let nobody = "";

beforeAll(async () => {
  {
    // A port that was free a moment ago.
    await using server = await startServer();
    nobody = server.url;
  }
  for (const name of ["call", "refused", "worker", "miniflare", "browser"]) {
    copyFileSync(join(fixtures, `${name}.js`), join(consumer, `${name}.mjs`));
  }
  write(
    "app.mjs",
    'import * as client from "@dayzero-tokens/client";\nexport { client };\nexport { call } from "./call.mjs";\n',
  );
});

/** A runtime that can't be had here is skipped, and the report says why. */
async function have(runtime: Parameters<typeof installRuntime>[0], { skip }: TestContext): Promise<string> {
  try {
    return await installRuntime(runtime);
  } catch (error) {
    return skip(`${runtime} can't be installed: ${String(error).split("\n").slice(0, 3).join(" ")}`);
  }
}

test.each(["Node 20", "Node 22", "Node 24", "Node 26"] as const)("%s imports and requires it", async (runtime) => {
  await using server = await startServer();
  const node = await installRuntime(runtime);
  write("esm.mjs", `import * as client from "@dayzero-tokens/client";\n${calling(server.url)}`);
  write("cjs.cjs", `const client = require("@dayzero-tokens/client");\n${calling(server.url)}`);
  expect(JSON.parse(await run(node, ["esm.mjs"], consumer))).toEqual(told(version));
  expect(JSON.parse(await run(node, ["cjs.cjs"], consumer))).toEqual(told(version));
  expect(JSON.parse(await run(node, ["refused.mjs", nobody], consumer))).toEqual(refused);
});

test("Bun imports it", async (context) => {
  await using server = await startServer();
  const bun = await have("Bun", context);
  write("esm.mjs", `import * as client from "@dayzero-tokens/client";\n${calling(server.url)}`);
  expect(JSON.parse(await run(bun, ["run", "esm.mjs"], consumer))).toEqual(told(version));
  expect(JSON.parse(await run(bun, ["run", "refused.mjs", nobody], consumer))).toEqual(refused);
});

test("Deno imports it, and needs no right but to the network", async (context) => {
  await using server = await startServer();
  const deno = await have("Deno", context);
  write("esm.mjs", `import * as client from "@dayzero-tokens/client";\n${calling(server.url)}`);
  const args = ["run", "--no-prompt", "--allow-net=127.0.0.1"];
  expect(JSON.parse(await run(deno, [...args, "esm.mjs"], consumer))).toEqual(told(version));
  expect(JSON.parse(await run(deno, [...args, "refused.mjs", nobody], consumer))).toEqual(refused);
});

const refused = { code: "connection", outcome: "not_sent", attempts: 1, message: expect.any(String) };

const calling = (url: string) =>
  `import("./call.mjs").then(({ call }) => call(client, "${url}", (line) => console.log(line)));\n`;

test("a worker in workerd calls it", async (context) => {
  await using server = await startServer();
  const miniflare = await have("Miniflare", context);
  await bundlers["esbuild for no platform"]?.("worker.mjs", "worker.bundle.mjs");
  const printed = await run(process.execPath, ["miniflare.mjs", miniflare, "worker.bundle.mjs", server.url], consumer);
  expect(JSON.parse(printed)).toEqual(told(version));
});

const browsers = ["/usr/bin/chromium", "/usr/bin/google-chrome", process.env["CHROMIUM"]];

test("a page in Chromium calls it across origins, and is refused without being allowed", async (context) => {
  const chromium = browsers.find((path) => path !== undefined && existsSync(path));
  if (chromium === undefined) return context.skip("there is no Chromium: apt-get install chromium");
  await using api = await startServer();
  await using page = await startServer();
  const playwright = await have("Playwright", context);
  await bundlers["esbuild for browsers"]?.("app.mjs", "page.bundle.mjs");
  const args = ["browser.mjs", playwright, chromium, page.url, api.url, join(consumer, "page.bundle.mjs")];
  const { called, refused, redirected } = JSON.parse(await run(process.execPath, args, consumer));
  expect(JSON.parse(called)).toEqual(told(version));
  expect(refused).toContain("dangerouslyAllowBrowser");
  expect(redirected).toContain("redirects are not followed");
});
