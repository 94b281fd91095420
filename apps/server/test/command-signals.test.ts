import { existsSync } from "node:fs";
import { connect, type Socket } from "node:net";
import { text } from "node:stream/consumers";
import { expect, test } from "vitest";
import { wellKnown } from "../src/world/well-known.ts";
import { type RunningCommand, startCommand, startRun, testFolder } from "./command.ts";
import { readEvents } from "./read-events.ts";

const headers = {
  authorization: `Bearer ${wellKnown.secret}`,
  "x-business-id": wellKnown.businessId,
  "content-type": "application/json",
};

const addFault = ({ url }: RunningCommand, effect: object) =>
  fetch(`${url}/_double/faults`, { method: "POST", headers, body: JSON.stringify({ effect }) });

const list = ({ url }: RunningCommand) => fetch(`${url}/api/v1/tokens`, { headers });

/** Resolves once the double has seen that many requests that the faults are for. */
const seen = (double: RunningCommand, requests: number) =>
  expect
    .poll(async () => (await fetch(`${double.url}/_double/faults`)).json(), { interval: 10 })
    .toMatchObject({ faults: [{ seen: requests }] });

/** A connection that has sent so much, and whose other end knows of it. */
async function connected({ url }: Pick<RunningCommand, "url">, bytes = ""): Promise<Socket> {
  const socket = connect(Number(new URL(url).port), "127.0.0.1").on("error", () => {});
  socket.write(bytes);
  await fetch(`${url}/_double/ready`);
  return socket;
}

const halfABody = "POST /api/v1/tokens HTTP/1.1\r\nhost: localhost\r\ncontent-length: 10\r\n\r\n{";

test.each(["SIGINT", "SIGTERM"] as const)("%s with the next breath after ready ends it with 0", async (signal) => {
  await using folder = await testFolder();
  const path = `${folder.path}/state.json`;
  await using double = await startCommand(["--state-file", path]);
  double.kill(signal);

  expect(await double.ended).toMatchObject({ code: 0, stderr: "" });
  expect(await double.record("stopped")).toEqual({ event: "stopped" });
  expect([existsSync(path), existsSync(`${path}.lock`)]).toEqual([true, false]);
});

test.each(["SIGINT", "SIGTERM"] as const)(
  "%s lets the request under way be answered, and ends with 0",
  async (signal) => {
    await using double = await startCommand();
    await addFault(double, { latency: { fixed_ms: 700 } });
    const underWay = list(double);
    await seen(double, 1);

    double.kill(signal);

    expect((await underWay).status).toBe(200);
    expect(await double.ended).toMatchObject({ code: 0, stderr: "" });
    expect(await double.record("stopped")).toEqual({ event: "stopped" });
  },
);

test("nobody without a request under way is waited for", async () => {
  await using double = await startCommand(["--grace", "600"]);
  await addFault(double, { connection: "hang" });
  const hanging = list(double).catch((error) => error);
  await seen(double, 1);
  const stream = await readEvents(`${double.url}/_double/journal/stream`);
  const expectation = { match: { operation: "createToken" }, within_ms: 600_000 };
  const expecting = fetch(`${double.url}/_double/journal/expect`, {
    method: "POST",
    headers,
    body: JSON.stringify(expectation),
  });
  const silent = await connected(double);
  const resting = await connected(double, "GET /_double/health HTTP/1.1\r\nhost: localhost\r\n\r\n");

  double.kill("SIGTERM");

  expect(await double.ended).toMatchObject({ code: 0, stderr: "" });
  expect(await hanging).toBeInstanceOf(Error);
  expect((await expecting).status).toBe(409);
  expect(await stream.ended()).toBe(true);
  expect(await text(silent)).toBe("");
  expect(await text(resting)).toMatch(/^HTTP\/1\.1 200 OK\r\n/);
});

test.each([
  ["half a head", "GET /_double/health HTTP/1.1\r\nho"],
  ["half a body", halfABody],
])("%s is waited for as long as --grace says", async (_, half) => {
  await using double = await startCommand(["--grace", "1"]);
  const socket = await connected(double, half);
  double.kill("SIGTERM");

  expect(await double.ended).toMatchObject({ code: 0, stderr: "" });
  expect(await double.record("stopped")).toEqual({ event: "stopped" });
  expect(await text(socket)).toBe("");
});

test("a request that was half there is answered when the rest comes, as the last of its connection", async () => {
  await using double = await startCommand(["--grace", "600"]);
  const socket = await connected(double, "GET /_double/health HTTP/1.1\r\nho");
  double.kill("SIGTERM");
  await double.record("stopping");
  socket.write("st: localhost\r\n\r\n");

  expect(await text(socket)).toMatch(/^HTTP\/1\.1 200 OK\r\n[\s\S]*\r\nConnection: close\r\n[\s\S]*\{"status":"ok"\}/);
  expect(await double.ended).toMatchObject({ code: 0, stderr: "" });
});

test("a second signal ends it at once, with 1", async () => {
  await using double = await startCommand(["--grace", "600"]);
  const socket = await connected(double, halfABody);
  double.kill("SIGINT");
  await double.record("stopping");

  double.kill("SIGINT");

  expect(await double.ended).toMatchObject({ code: 1, stderr: "" });
  socket.destroy();
});

test("a terminal is told that a second signal stops at once, where the first one does not", async () => {
  using run = startRun(["--port", "0", "--grace", "600"]);
  await run.said("Ctrl-C stops it.");
  const socket = await connected({ url: /http:\/\/[\w.:]+/.exec(run.heard())?.[0] ?? "" }, halfABody);
  run.kill("SIGINT");
  await run.said("stopping");
  run.kill("SIGINT");

  expect(await run.ended).toMatchObject({
    code: 1,
    stderr: "\nstopping; requests under way are answered first (a second signal stops at once)\n",
  });
  socket.destroy();
});
