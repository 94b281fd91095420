import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { text } from "node:stream/consumers";
import { connect as connectSecurely } from "node:tls";
import { expect, test } from "vitest";
import { type Double, startDouble } from "../src/index.ts";
import { callsOf, failureOf, headersOf, wellKnownCaller } from "./calls.ts";
import { tls } from "./tls.ts";

test("two doubles in one process share nothing", async () => {
  await using first = await startDouble({ maxActiveTokens: 3 });
  await using second = await startDouble();
  const untouched = await second.snapshot();

  const sandbox = await first.sandbox();
  const { created } = callsOf(first, wellKnownCaller);
  const { token, token_info } = await created({ name: "of the first" });
  first.faults.add({ match: { operation: "revokeToken" }, effect: { status: 500 } });
  first.clock.freeze("2040-01-01T00:00:00Z");
  await first.seed({ users: [{ email: "ana@example.com" }] });

  expect(first.url).not.toBe(second.url);
  expect(await second.snapshot()).toEqual(untouched);
  expect(second.journal.entries()).toEqual([]);
  expect(second.faults.list()).toEqual([]);
  expect(second.clock.now().getFullYear()).not.toBe(2040);
  expect(second.info()).toMatchObject({ limits: { max_active_tokens: 10 }, clock: { mode: "real" } });
  // Both go by the published key, so the second one knows that a double signed it, and that it was another.
  for (const caller of [sandbox, { ...wellKnownCaller, token }]) {
    expect(await callsOf(second, caller).list()).toMatchObject({ status: 401 });
  }
  expect(second.journal.entries().map(({ rule }) => rule)).toEqual(["credentials.unknown", "credentials.unknown"]);

  await second.reset({ to: "empty" });
  expect(await callsOf(first, wellKnownCaller).listed()).toMatchObject([{ id: token_info.id }, { name: "well-known" }]);
});

test("one double can be closed while another goes on", async () => {
  const first = await startDouble();
  await using second = await startDouble();
  await first.close();
  expect(await failureOf(fetch(`${first.url}/_double/health`))).toMatchObject({ code: "ECONNREFUSED" });
  expect((await fetch(`${second.url}/_double/health`)).status).toBe(200);
});

test("a double can be closed as often as one likes, and at the end of its scope too", async () => {
  await using double = await startDouble();
  expect(await Promise.all([double.close(), double.close()])).toEqual([undefined, undefined]);
  await double.close();
  expect(await failureOf(fetch(`${double.url}/_double/health`))).toMatchObject({ code: "ECONNREFUSED" });
});

const list = (double: Double, call = fetch) =>
  call(`${double.url}/api/v1/tokens`, { headers: headersOf(wellKnownCaller) });

test.each(["a socket", "its own fetch"])(
  "closing answers the request by %s that is under way, and takes no other",
  async (way) => {
    const double = await startDouble({ grace: 600 });
    const call = way === "a socket" ? fetch : double.fetch;
    double.faults.add({ effect: { latency: { fixed_ms: 600_000 } }, when: "after", times: 1 });
    const request = list(double, call);
    await expect.poll(() => double.faults.list()).toEqual([]);
    const order: string[] = [];

    const answered = request.then(() => order.push("answered"));
    const closed = double.close().then(() => order.push("closed"));

    await Promise.all([answered, closed]);
    if (way === "its own fetch") expect(order).toEqual(["answered", "closed"]);
    const response = await request;
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({ items: [{ name: "well-known" }] });
    expect(await failureOf(list(double, call))).toMatchObject({ code: "ECONNREFUSED" });
  },
);

/** A connection that has sent so much, and whose other end knows of it. */
async function connected(double: Double, bytes = ""): Promise<Socket> {
  const socket = connect(double.port, "127.0.0.1").on("error", () => {});
  socket.write(bytes);
  await fetch(`${double.url}/_double/health`);
  return socket;
}

test("closing does not wait for connections that rest or have never said anything", async () => {
  const double = await startDouble({ grace: 600 });
  const silent = await connected(double);
  const resting = await connected(double, "GET /nowhere HTTP/1.1\r\nhost: localhost\r\n\r\n");
  double.faults.add({ effect: { connection: "hang" } });
  const hanging = [failureOf(list(double)), failureOf(list(double, double.fetch))];
  await expect.poll(() => double.faults.list()).toMatchObject([{ seen: 2 }]);

  await double.close();

  expect(await text(silent)).toBe("");
  expect(await text(resting)).toContain("404 Not Found");
  expect(await Promise.all(hanging)).toMatchObject([{ name: "TypeError" }, { name: "TypeError" }]);
});

test("closing does not wait for TLS connections that have asked nothing", async () => {
  const double = await startDouble({ grace: 600, tls });
  const beforeTls = connect(double.port, "127.0.0.1").on("error", () => {});
  const silent = connectSecurely({ port: double.port, ca: tls.cert, servername: "localhost" }).on("error", () => {});
  await once(silent, "secureConnect");

  await double.close();

  expect(await Promise.all([text(beforeTls), text(silent)])).toEqual(["", ""]);
});

test.each([
  ["half a head", "GET /api/v1/tokens HTTP/1.1\r\nho"],
  ["half a body", "POST /api/v1/tokens HTTP/1.1\r\nhost: localhost\r\ncontent-length: 10\r\n\r\n{"],
])("closing cuts %s when the grace time is over", async (_, half) => {
  const double = await startDouble({ grace: 0.05 });
  const socket = await connected(double, half);

  await double.close();

  expect(await text(socket)).toBe("");
});

test("loops of calls that wait for nothing else let the event loop turn, and so let go of what is done", async () => {
  await using double = await startDouble();
  let turns = 0;
  let hasEnded = false;
  const count = () => {
    turns += 1;
    if (!hasEnded) setImmediate(count);
  };
  setImmediate(count);
  const loop = async () => {
    for (let call = 0; call < 50; call += 1) await list(double, double.fetch);
  };

  await Promise.all(Array.from({ length: 20 }, loop));

  hasEnded = true;
  expect(turns).toBeGreaterThan(5);
});

test("a double that is closed can still be looked at", async () => {
  const double = await startDouble();
  await callsOf(double, wellKnownCaller).create();
  await double.close();
  expect(double.journal.entries()).toMatchObject([{ operation: "createToken", status: 201 }]);
  expect((await double.snapshot()).tokens).toHaveLength(2);
});

test("a port that is taken is an error that says so", async () => {
  await using double = await startDouble();
  await expect(startDouble({ port: double.port })).rejects.toMatchObject({ code: "EADDRINUSE" });
});
