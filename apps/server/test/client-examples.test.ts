import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { build } from "esbuild";
import { expect, test } from "vitest";
import { listExpiring } from "../../../packages/client/examples/list-expiring.ts";
import { revokeUnused } from "../../../packages/client/examples/revoke-unused.ts";
import { rotateToken } from "../../../packages/client/examples/rotate-token.ts";
import type { TestSandbox } from "../src/double/test-sandbox.ts";
import { startDouble } from "../src/index.ts";

test("a token is rotated: its successor works and is stored, and then it opens nothing", async () => {
  await using double = await startDouble();
  await using sandbox = await double.sandbox();
  const old = await sandbox.client.tokens.create({ name: "deploy" });
  const stored: string[] = [];

  const { token, token_info } = await rotateToken(sandbox.client, old.token_info.id, 30, (secret) => {
    stored.push(secret);
  });

  expect(stored).toEqual([token]);
  expect(token_info.name).toMatch(/^deploy since /);
  const { businessId } = sandbox;
  expect(await double.client({ apiToken: token, businessId }).tokens.list().result()).toMatchObject({ status: 200 });
  expect(await double.client({ apiToken: old.token, businessId }).tokens.list().result()).toMatchObject({
    status: 401,
  });
});

test("a rotation whose answer is lost leaves no token behind whose secret nobody holds", async () => {
  await using double = await startDouble();
  await using sandbox = await double.sandbox();
  const { token_info } = await sandbox.client.tokens.create({ name: "deploy" });
  sandbox.faults.add({ match: { operation: "createToken" }, effect: { connection: "reset" }, when: "after", times: 1 });

  const rotation = rotateToken(sandbox.client, token_info.id, 30, () => expect.fail("nothing is there to store"));

  await expect(rotation).rejects.toMatchObject({ code: "connection", outcome: "unknown" });
  const active = await sandbox.client.tokens.list().toArray({ limit: 100 });
  expect(active.map(({ name }) => name)).toContain("deploy");
  expect(active.filter(({ name }) => name?.startsWith("deploy since"))).toEqual([]);
});

test("what expires within 30 days is listed, the next first", async () => {
  await using double = await startDouble();
  await using sandbox = await double.sandbox();
  for (const days of [40, 20, 365, 10]) {
    await sandbox.client.tokens.create({ name: `${days}`, expires_in_days: days });
  }
  const expiring = await listExpiring(sandbox.client, 30, sandbox.clock.now());
  expect(expiring.map(({ name }) => name)).toEqual(["10", "20"]);
});

test("what nobody has used for 90 days is shown by a dry run, and revoked only when that is really meant", async () => {
  await using double = await startDouble();
  await using sandbox = await double.sandbox();
  await sandbox.client.tokens.create({ name: "forgotten" });
  const { token } = await sandbox.client.tokens.create({ name: "used" });
  const namesOf = (tokens: readonly { name?: string | null | undefined }[]) => tokens.map(({ name }) => name);
  sandbox.clock.advance({ days: 91 });
  await double.client({ apiToken: token, businessId: sandbox.businessId }).tokens.list();
  const now = sandbox.clock.now();

  expect(namesOf(await revokeUnused(sandbox.client, { now }))).toEqual(["forgotten"]);
  expect(namesOf((await sandbox.client.tokens.list()).items)).toContain("forgotten");

  expect(namesOf(await revokeUnused(sandbox.client, { now, really: true }))).toEqual(["forgotten"]);
  expect(namesOf((await sandbox.client.tokens.list()).items)).not.toContain("forgotten");
});

/** Runs an example as a command, and gives what it prints. */
async function command(name: string, args: readonly string[], baseUrl: string, { token, businessId }: TestSandbox) {
  const outfile = join(import.meta.dirname, `../.cache/client-examples/${name}.mjs`);
  const entry = join(import.meta.dirname, `../../../packages/client/examples/${name}.ts`);
  const conditions = ["@dayzero-tokens/source"];
  await build({ entryPoints: [entry], outfile, bundle: true, platform: "node", format: "esm", conditions });
  const env = { DAYZERO_API_TOKEN: token, DAYZERO_BUSINESS_ID: businessId, DAYZERO_BASE_URL: baseUrl };
  return (await promisify(execFile)(process.execPath, [outfile, ...args], { env })).stdout;
}

test("each example is a command too", async () => {
  await using double = await startDouble();
  await using sandbox = await double.sandbox();
  const { token_info } = await sandbox.client.tokens.create({ name: "deploy", expires_in_days: 5 });

  expect(await command("list-expiring", ["30"], double.url, sandbox)).toMatch(
    new RegExp(`Z {2}${token_info.id} {2}deploy\\n$`),
  );
  expect(await command("revoke-unused", ["0"], double.url, sandbox)).toContain(
    `would revoke  ${token_info.id}  deploy`,
  );
  expect(await command("rotate-token", [token_info.id, "7"], double.url, sandbox)).toMatch(/^dz_[\w.-]+\n$/);
  expect(await sandbox.client.tokens.revoke(token_info.id).result()).toMatchObject({ status: 400 });
});
