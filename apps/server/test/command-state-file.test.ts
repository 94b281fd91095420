import { lstat, mkdir, readFile, rm, stat, symlink, writeFile } from "node:fs/promises";
import { APITokenListResponse } from "@dayzero-tokens/contract";
import { State } from "@dayzero-tokens/contract/control";
import { expect, test } from "vitest";
import { wellKnown } from "../src/world/well-known.ts";
import { type RunningCommand, runCommand, startCommand, testFolder } from "./command.ts";

const headers = {
  authorization: `Bearer ${wellKnown.secret}`,
  "x-business-id": wellKnown.businessId,
  "content-type": "application/json",
};

const createToken = ({ url }: RunningCommand, name: string) =>
  fetch(`${url}/api/v1/tokens`, { method: "POST", headers, body: JSON.stringify({ name }) });

const namesIn = async ({ url }: RunningCommand): Promise<string[]> => {
  const answer = await fetch(`${url}/api/v1/tokens?limit=100`, { headers });
  const { items } = APITokenListResponse.parse(await answer.json());
  return items.map(({ name }) => String(name));
};

const stateIn = async (path: string) => State.parse(JSON.parse(await readFile(path, "utf8")));

test("what was there at the end is there at the next start: tokens, clock and faults", async () => {
  await using folder = await testFolder();
  const path = `${folder.path}/state.json`;
  {
    await using double = await startCommand(["--state-file", path]);
    await createToken(double, "kept");
    await fetch(`${double.url}/_double/clock`, { method: "PUT", headers, body: '{"freeze":"2026-03-01T12:00:00Z"}' });
    const fault = { match: { operation: "revokeToken" }, effect: { status: 429 } };
    await fetch(`${double.url}/_double/faults`, { method: "POST", headers, body: JSON.stringify(fault) });
    double.kill("SIGTERM");
    expect(await double.ended).toMatchObject({ code: 0, stderr: "" });
  }
  await using double = await startCommand(["--state-file", path]);

  expect(await namesIn(double)).toContain("kept");
  expect(await (await fetch(`${double.url}/_double/clock`)).json()).toMatchObject({
    mode: "frozen",
    now: "2026-03-01T12:00:00Z",
  });
  expect(await (await fetch(`${double.url}/_double/faults`)).json()).toMatchObject({
    faults: [{ match: { operation: "revokeToken" }, effect: { status: 429 } }],
  });
});

test("a change is in the file soon, without any end", async () => {
  await using folder = await testFolder();
  const path = `${folder.path}/state.json`;
  await using double = await startCommand(["--state-file", path]);
  await createToken(double, "soon");

  await expect
    .poll(async () => (await stateIn(path)).tokens.map(({ name }) => name), { timeout: 5000, interval: 20 })
    .toContain("soon");
  double.kill("SIGKILL");
});

test("kill -9 at any moment leaves one whole state or another, and the next start has all of it", async () => {
  await using folder = await testFolder();
  const path = `${folder.path}/state.json`;
  let known: readonly string[] = [];
  for (let round = 0; round < 6; round += 1) {
    await using double = await startCommand(["--state-file", path, "--max-active-tokens", "0"]);
    const names = await namesIn(double);
    expect(names).toEqual(expect.arrayContaining([...known]));
    const requests = (async () => {
      for (let at = 0; ; at += 1) await createToken(double, `${round}-${at}`);
    })();
    // As far as it gets in a time that is another one each round, around that of a write.
    const kill = setTimeout(() => double.kill("SIGKILL"), 150 + Math.random() * 400);
    await expect(requests).rejects.toThrow();
    clearTimeout(kill);
    await double.ended;
    known = (await stateIn(path).catch(noneYet))?.tokens.slice(-50).map(({ name }) => name) ?? [];
  }
});

/** Killed before the first write there is no file, which is the old state; a file that is no state is a failure. */
function noneYet(error: NodeJS.ErrnoException): undefined {
  if (error.code !== "ENOENT") throw error;
}

const emptyState: State = {
  version: 1,
  users: [],
  grants: [],
  tokens: [],
  clock: { mode: "real" },
  business_clocks: {},
  faults: [],
};

test.each([
  ["an empty file", "", "it is empty"],
  ["half a document", '{"version":1,"users":[', "it is no whole JSON"],
  ["a version from another time", '{"version":2}', "version: Invalid input: expected 1"],
  [
    "a moment that no answer can hold",
    JSON.stringify({ ...emptyState, clock: { mode: "frozen", at: "9999-12-31T23:59:59-23:59" } }),
    "clock.at: must lie in the years 1 to 9999, in UTC",
  ],
  [
    "a clock that runs where none does",
    JSON.stringify({ ...emptyState, clock: { mode: "offset", offset_ms: 3e14 } }),
    "clock: A clock goes from 1970-01-01 to 9998-12-31",
  ],
  ["another document", '{"versoin":1}', 'unknown name "versoin"; did you mean "version"?'],
])("%s is refused, and left as it is", async (_, text, why) => {
  await using folder = await testFolder();
  const path = await folder.write("state.json", text);

  const ended = await runCommand(["--port", "0", "--state-file", path]);

  expect({ code: ended.code, stdout: ended.stdout }).toEqual({ code: 2, stdout: "" });
  expect(ended.stderr).toContain(`dayzero-double: ${path}: this state cannot be read: ${why}`);
  expect(ended.stderr).toContain("; restore it, or move it away to start afresh\n");
  expect(await readFile(path, "utf8")).toBe(text);
});

test("two doubles do not share a state file", async () => {
  await using folder = await testFolder();
  const path = `${folder.path}/state.json`;
  await using double = await startCommand(["--state-file", path]);

  expect(await runCommand(["--port", "0", "--state-file", path])).toEqual({
    code: 2,
    stdout: "",
    stderr: `dayzero-double: ${path}: process ${double.pid} keeps its state here; stop it, or choose another --state-file (if it is no double, delete ${path}.lock)\n`,
  });
});

test("a state file whose double was killed is free again", async () => {
  await using folder = await testFolder();
  const path = `${folder.path}/state.json`;
  const killed = await startCommand(["--state-file", path]);
  await killed[Symbol.asyncDispose]();

  await using double = await startCommand(["--state-file", path]);

  expect(await readFile(`${path}.lock`, "utf8")).toBe(`${double.pid}\n`);
});

test("a file that cannot be written is warned of once; the double goes on, and tries again", async () => {
  await using folder = await testFolder();
  await mkdir(`${folder.path}/sub`);
  const path = `${folder.path}/sub/state.json`;
  await using double = await startCommand(["--state-file", path]);
  await expect.poll(() => stateIn(path), { timeout: 5000, interval: 20 }).toBeDefined();
  await rm(`${folder.path}/sub`, { recursive: true });

  await createToken(double, "meanwhile");
  const warning = await double.record("warning");
  expect(warning).toEqual({
    event: "warning",
    message: `The state could not be written to ${path} (there is no such file); it is tried again`,
  });
  expect(await namesIn(double)).toContain("meanwhile");

  await mkdir(`${folder.path}/sub`);
  await expect
    .poll(async () => (await stateIn(path)).tokens.map(({ name }) => name), { timeout: 5000, interval: 20 })
    .toContain("meanwhile");
  double.kill("SIGTERM");
  const { code, stdout } = await double.ended;
  expect({ code, warnings: stdout.split("\n").filter((line) => line.includes('"warning"')) }).toEqual({
    code: 0,
    warnings: [
      JSON.stringify(warning),
      JSON.stringify({ event: "warning", message: `The state is written to ${path} again` }),
    ],
  });
});

test("a state that cannot be written at the end makes the end a failure", async () => {
  await using folder = await testFolder();
  await mkdir(`${folder.path}/sub`);
  await using double = await startCommand(["--state-file", `${folder.path}/sub/state.json`]);
  await rm(`${folder.path}/sub`, { recursive: true });
  double.kill("SIGTERM");

  expect(await double.ended).toMatchObject({ code: 1 });
});

test("a link to a state file stays one", async () => {
  await using folder = await testFolder();
  await writeFile(`${folder.path}/real.json`, JSON.stringify(emptyState));
  await symlink("real.json", `${folder.path}/link.json`);
  await using double = await startCommand(["--state-file", `${folder.path}/link.json`]);
  await fetch(`${double.url}/_double/reset`, { method: "POST", headers, body: '{"to":"seed"}' });
  double.kill("SIGTERM");
  await double.ended;

  expect((await lstat(`${folder.path}/link.json`)).isSymbolicLink()).toBe(true);
  expect((await stateIn(`${folder.path}/real.json`)).tokens).toHaveLength(1);
});

test("a link to a state file that is not there yet stays one, and leads to it from then on", async () => {
  await using folder = await testFolder();
  await mkdir(`${folder.path}/elsewhere`);
  await symlink("elsewhere/next.json", `${folder.path}/link.json`);
  await symlink("real.json", `${folder.path}/elsewhere/next.json`);
  await using double = await startCommand(["--state-file", `${folder.path}/link.json`]);
  double.kill("SIGTERM");
  await double.ended;

  expect((await lstat(`${folder.path}/link.json`)).isSymbolicLink()).toBe(true);
  expect((await stateIn(`${folder.path}/elsewhere/real.json`)).tokens).toHaveLength(1);
});

test("a link that leads round in a circle is refused", async () => {
  await using folder = await testFolder();
  await symlink("b.json", `${folder.path}/a.json`);
  await symlink("a.json", `${folder.path}/b.json`);

  expect(await runCommand(["--port", "0", "--state-file", `${folder.path}/a.json`])).toMatchObject({ code: 2 });
});

test("the state is nobody else's to read or to lead elsewhere, whatever lay in its way", async () => {
  await using folder = await testFolder();
  const victim = await folder.write("victim", "untouched");
  await symlink(victim, `${folder.path}/linked.json.lock`);
  const [linked, left] = [`${folder.path}/linked.json`, `${folder.path}/left.json`];
  await symlink(victim, `${linked}.tmp`);
  await writeFile(`${left}.tmp`, "", { mode: 0o644 });

  for (const path of [linked, left]) {
    await using double = await startCommand(["--state-file", path]);
    double.kill("SIGTERM");
    await double.ended;
    const { mode } = await stat(path);
    expect({ tokens: (await stateIn(path)).tokens.length, mode: (mode & 0o777).toString(8) }).toEqual({
      tokens: 1,
      mode: "600",
    });
    expect((await lstat(path)).isFile()).toBe(true);
  }
  expect(await readFile(victim, "utf8")).toBe("untouched");
});
