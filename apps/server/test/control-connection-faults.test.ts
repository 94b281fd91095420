import { connect } from "node:net";
import type { ConnectionFault, FaultRequest } from "@dayzero-tokens/contract/control";
import { expect, test } from "vitest";
import { type Double, startDouble } from "../src/index.ts";
import { callsOf, controlOf, failureOf, headersOf, wellKnownCaller } from "./calls.ts";
import { sendRaw } from "./raw-http.ts";

const create = (fetch: typeof globalThis.fetch, { url }: Pick<Double, "url">) =>
  fetch(`${url}/api/v1/tokens`, { method: "POST", headers: headersOf(wellKnownCaller), body: '{"name": "ci"}' });

const names = async (double: Double) => (await callsOf(double, wellKnownCaller).listed()).map(({ name }) => name);

const failed = (code: unknown) => ({ name: "TypeError", message: "fetch failed", code });

/** How it may fail over a socket: from Node 24 on, the platform's fetch has no code for what is no HTTP. */
const failuresOnSocket = (code: string) =>
  code === "HPE_INVALID_CONSTANT" ? [failed(code), failed(undefined)] : [failed(code)];

const broken: [ConnectionFault, string][] = [
  ["reset", "ECONNRESET"],
  ["empty", "UND_ERR_SOCKET"],
  ["garbage", "HPE_INVALID_CONSTANT"],
];

test.each(broken)(
  "the connection fault %s fails the request with %s, over a socket and in process",
  async (connection, code) => {
    await using double = await startDouble();
    await controlOf(double).addFault({ body: { effect: { connection } } });

    expect(failuresOnSocket(code)).toContainEqual(await failureOf(create(fetch, double)));
    expect(await failureOf(create(double.fetch, double))).toEqual(failed(code));

    double.faults.clear();
    expect(await names(double)).toEqual(["well-known"]);
    expect(double.journal.entries({ operation: "createToken" })).toMatchObject([
      { status: null, rule: null, fault_id: "fault-1" },
      { status: null, rule: null, fault_id: "fault-1" },
    ]);
  },
);

test.each(broken)(
  "after the operation the connection fault %s loses the answer, and the token exists",
  async (connection, code) => {
    await using double = await startDouble();
    double.faults.add({ match: { operation: "createToken" }, effect: { connection }, when: "after" });

    expect(failuresOnSocket(code)).toContainEqual(await failureOf(create(fetch, double)));
    expect(await failureOf(create(double.fetch, double))).toEqual(failed(code));

    expect(await names(double)).toEqual(["ci", "ci", "well-known"]);
    expect(double.journal.entries({ operation: "createToken" })).toMatchObject([
      { status: null, rule: "create.created" },
      { status: null, rule: "create.created" },
    ]);
  },
);

test("an answer that is truncated has its status and headers, and half of its body", async () => {
  await using double = await startDouble();
  const fault: FaultRequest = { effect: { connection: "truncate" }, when: "after" };
  double.faults.add({ ...fault, match: { operation: "createToken" } });

  for (const fetch of [globalThis.fetch, double.fetch]) {
    const response = await create(fetch, double);
    expect(response.status).toBe(201);
    expect(response.headers.get("content-type")).toBe("application/json");
    expect(Number(response.headers.get("content-length"))).toBeGreaterThan(100);
    const read: Uint8Array[] = [];
    const reading = (async () => {
      for await (const chunk of response.body ?? []) read.push(chunk);
    })();
    expect(await failureOf(reading)).toEqual({ name: "TypeError", message: "terminated", code: "UND_ERR_SOCKET" });
    const text = Buffer.concat(read).toString();
    expect(text).toMatch(/^\{"token":"dz_/);
    expect(text.length).toBe(Math.floor(Number(response.headers.get("content-length")) / 2));
  }
  expect(await names(double)).toEqual(["ci", "ci", "well-known"]);
  // The journal has the answer that was meant.
  expect(double.journal.entries({ operation: "createToken" })).toMatchObject([{ status: 201 }, { status: 201 }]);
});

test("before the operation a truncated answer can be of any status", async () => {
  await using double = await startDouble();
  double.faults.add({ effect: { connection: "truncate", status: 503, body: { detail: "0123456789" } }, times: 2 });

  for (const fetch of [globalThis.fetch, double.fetch]) {
    const response = await create(fetch, double);
    expect(response.status).toBe(503);
    expect(await failureOf(response.text())).toEqual({
      name: "TypeError",
      message: "terminated",
      code: "UND_ERR_SOCKET",
    });
  }
  expect(await names(double)).toEqual(["well-known"]);
});

test("garbage is bytes that are no HTTP, and empty is no byte at all", async () => {
  await using double = await startDouble();
  const bytesOf = async (connection: ConnectionFault) => {
    double.faults.add({ effect: { connection }, times: 1 });
    const socket = connect(double.port, "127.0.0.1");
    socket.write("GET /api/v1/tokens HTTP/1.1\r\nhost: localhost\r\n\r\n");
    const chunks: Buffer[] = [];
    for await (const chunk of socket) chunks.push(chunk);
    return Buffer.concat(chunks).toString("latin1");
  };

  expect(await bytesOf("garbage")).toMatch(/^(?!HTTP)/);
  expect(await bytesOf("garbage")).not.toBe("");
  expect(await bytesOf("empty")).toBe("");
});

test("a connection that was broken does not take the double with it", async () => {
  await using double = await startDouble();
  for (const connection of ["reset", "empty", "garbage", "truncate"] as const) {
    double.faults.add({ effect: { connection }, times: 10 });
    await Promise.allSettled(Array.from({ length: 10 }, () => create(fetch, double).then((answer) => answer.text())));
    expect(await callsOf({ url: double.url }, wellKnownCaller).list()).toMatchObject({ status: 200 });
  }
});

test.each(["truncate", "empty", "reset", "garbage"] as const)(
  "a client that leaves before the connection fault %s strikes takes nothing along",
  async (connection) => {
    await using double = await startDouble();
    for (const fetch of [globalThis.fetch, double.fetch]) {
      double.faults.add({ effect: { latency: { fixed_ms: 600_000 }, connection }, when: "after", times: 1 });
      const leaving = new AbortController();
      const request = failureOf(fetch(`${double.url}/api/v1/tokens`, { signal: leaving.signal }));
      await expect.poll(() => double.faults.list()).toEqual([]);

      leaving.abort();

      expect(await request).toMatchObject({ name: "AbortError" });
      await double.expect({ match: { status: null }, within_ms: 5000 });
      double.journal.clear();
    }
    expect(await callsOf(double, wellKnownCaller).list()).toMatchObject({ status: 200 });
  },
);

test("a hang sends nothing, and ends when the client leaves", async () => {
  await using double = await startDouble();
  for (const fetch of [globalThis.fetch, double.fetch]) {
    double.faults.add({ match: { operation: "listTokens" }, effect: { connection: "hang" }, times: 1 });
    const leaving = new AbortController();
    const request = fetch(`${double.url}/api/v1/tokens`, { signal: leaving.signal });
    const outcome = failureOf(request);
    await expect.poll(() => double.faults.list()).toEqual([]);

    leaving.abort();

    expect(await outcome).toMatchObject({ name: "AbortError" });
  }
  expect(double.journal.entries()).toMatchObject([{ status: null }, { status: null }]);
});

test("a hang ends when the double stops, and does not keep it from stopping", async () => {
  const double = await startDouble();
  double.faults.add({ effect: { connection: "hang" }, times: 4 });
  const hanging = [fetch, fetch, double.fetch, double.fetch].map((fetch) => failureOf(create(fetch, double)));
  await expect.poll(() => double.faults.list()).toEqual([]);

  await double.close();

  expect(await Promise.all(hanging)).toEqual(Array(4).fill(failed("UND_ERR_SOCKET")));
});

// What used to be: a hang that began while the double was stopping kept it from stopping for ever.
test("a hang behind a latency does not keep the double from stopping", async () => {
  const double = await startDouble();
  double.faults.add({ effect: { latency: { fixed_ms: 600_000 }, connection: "hang" }, times: 1 });
  const hanging = failureOf(create(fetch, double));
  await expect.poll(() => double.faults.list()).toEqual([]);

  await double.close();

  expect(await hanging).toEqual(failed("UND_ERR_SOCKET"));
});

test("a hang after the operation does not keep a reset waiting", async () => {
  await using double = await startDouble();
  double.faults.add({ effect: { connection: "hang" }, when: "after", times: 1 });
  const leaving = new AbortController();
  const hanging = failureOf(
    fetch(`${double.url}/api/v1/tokens`, {
      method: "POST",
      headers: headersOf(wellKnownCaller),
      body: '{"name": "ci"}',
      signal: leaving.signal,
    }),
  );
  await expect.poll(() => double.faults.list()).toEqual([]);

  expect(await double.reset()).toMatchObject({ tokens: 2 });

  leaving.abort();
  expect(await hanging).toMatchObject({ name: "AbortError" });
});

test("a connection fault of one sandbox touches no other, also on the same connection", async () => {
  await using double = await startDouble();
  const [mine, other] = [await double.sandbox(), await double.sandbox()];
  mine.faults.add({ effect: { connection: "reset" } });
  const head = (caller: typeof mine) =>
    `GET /api/v1/tokens HTTP/1.1\r\nhost: localhost\r\nauthorization: Bearer ${caller.token}\r\nx-business-id: ${caller.businessId}\r\n`;

  expect(await sendRaw(double.url, Buffer.from(`${head(other)}connection: close\r\n\r\n`))).toMatchObject({
    status: 200,
  });
  await expect(sendRaw(double.url, Buffer.from(`${head(mine)}\r\n`))).rejects.toMatchObject({ code: "ECONNRESET" });
  expect(await sendRaw(double.url, Buffer.from(`${head(other)}connection: close\r\n\r\n`))).toMatchObject({
    status: 200,
  });
});
