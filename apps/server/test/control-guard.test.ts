import { connect } from "node:net";
import { afterAll, expect, test } from "vitest";
import { startDouble } from "../src/index.ts";
import { bodyOf, callsOf, controlOf, wellKnownCaller } from "./calls.ts";
import { sendRaw } from "./raw-http.ts";

const double = await startDouble({ cors: "*", rateLimit: 100_000 });
afterAll(() => double.close());

const crossSite = "Requests from other sites may not steer the double";
const unknownName =
  "This name is not one that the double goes by; use a loopback address, or list it with --allow-host";
const jsonOnly = "The control plane takes JSON only: content-type: application/json";
const loopback = `127.0.0.1:${double.port}`;
const json = "content-type: application/json";

/** A request that would install a fault, as bytes on a socket: nothing adds headers or takes them away. */
const attack = (headers: readonly string[], body = '{"effect": {"status": 500}}', line = "POST /_double/faults") =>
  sendRaw(
    double.url,
    Buffer.from(
      [`${line} HTTP/1.1`, ...headers, `content-length: ${body.length}`, "connection: close", "", body].join("\r\n"),
    ),
  );

const attacks: [string, string[], number, string][] = [
  ["a simple request of a page", [`host: ${loopback}`, "content-type: text/plain"], 415, jsonOnly],
  ["a request that does not say what it holds", [`host: ${loopback}`], 415, jsonOnly],
  ["a form", [`host: ${loopback}`, "content-type: application/x-www-form-urlencoded"], 415, jsonOnly],
  ["a form with files", [`host: ${loopback}`, "content-type: multipart/form-data; boundary=x"], 415, jsonOnly],
  ["a type that only begins like JSON", [`host: ${loopback}`, "content-type: application/jsonp"], 415, jsonOnly],
  ["a text that mentions JSON", [`host: ${loopback}`, "content-type: text/plain; application/json"], 415, jsonOnly],
  ["a page of another origin", [`host: ${loopback}`, json, "origin: https://evil.example"], 403, crossSite],
  ["a page of another port", [`host: ${loopback}`, json, "origin: http://127.0.0.1:1"], 403, crossSite],
  ["a page without an origin", [`host: ${loopback}`, json, "origin: null"], 403, crossSite],
  ["a fetch that is cross-site", [`host: ${loopback}`, json, "sec-fetch-site: cross-site"], 403, crossSite],
  ["a fetch that is same-site", [`host: ${loopback}`, json, "sec-fetch-site: same-site"], 403, crossSite],
  ["a name that was made to point here", [`host: evil.example:${double.port}`, json], 403, unknownName],
  [
    "a page of a name that was made to point here",
    ["host: evil.example", json, "origin: http://evil.example", "sec-fetch-site: same-origin"],
    403,
    unknownName,
  ],
  ["a name that begins like a loopback one", ["host: 127.0.0.1.evil.example", json], 403, unknownName],
  ["a name that ends almost like one", ["host: evillocalhost", json], 403, unknownName],
];

test.each(attacks)("%s is refused, and nothing happens", async (_, headers, status, detail) => {
  const before = await double.snapshot();

  const answer = await attack(headers);

  expect({ status: answer.status, body: JSON.parse(answer.body.toString()) }).toEqual({ status, body: { detail } });
  expect(Object.keys(answer.headers).filter((name) => name.startsWith("access-control"))).toEqual([]);
  expect(await double.snapshot()).toEqual(before);
});

test.each([
  "POST /_double/reset",
  "PUT /_double/clock",
  "PUT /_double/state",
  "POST /_double/seed",
  "POST /_double/sandboxes",
])("%s by a page is refused, and nothing happens", async (line) => {
  const before = await double.snapshot();
  expect(await attack([`host: ${loopback}`, "content-type: text/plain"], "{}", line)).toMatchObject({ status: 415 });
  expect(await attack([`host: ${loopback}`, json, "origin: https://evil.example"], "{}", line)).toMatchObject({
    status: 403,
  });
  expect(await double.snapshot()).toEqual(before);
});

test.each(["GET /_double/state", "GET /_double/journal/stream", "DELETE /_double/faults", "OPTIONS /_double/faults"])(
  "%s by a page is refused as well",
  async (line) => {
    expect(await attack([`host: ${loopback}`, "origin: https://evil.example"], "", line)).toMatchObject({
      status: 403,
    });
  },
);

test.each([
  ["a loopback address", [`host: ${loopback}`]],
  ["a loopback address without a port", ["host: 127.0.0.1"]],
  ["localhost", [`host: localhost:${double.port}`]],
  ["a name under localhost", ["host: double.localhost"]],
  ["the loopback address of IPv6", [`host: [::1]:${double.port}`]],
  ["the loopback address of IPv6 without a port", ["host: [::1]"]],
  ["a page of the double's own", [`host: ${loopback}`, `origin: http://${loopback}`, "sec-fetch-site: same-origin"]],
  ["the address bar", [`host: ${loopback}`, "sec-fetch-site: none"]],
])("a request by %s is heard", async (_, headers) => {
  const answer = await attack([...headers, "content-type: application/json; charset=utf-8"]);
  expect(answer.status).toBe(201);
  double.faults.clear();
});

test("a name that is listed is heard, also with a port", async () => {
  await using double = await startDouble({ allowedHosts: ["double.test"] });
  const get = (host: string) =>
    sendRaw(double.url, Buffer.from(`GET /_double/info HTTP/1.1\r\nhost: ${host}\r\nconnection: close\r\n\r\n`));
  expect(await get("double.test")).toMatchObject({ status: 200 });
  expect(await get("Double.Test:80")).toMatchObject({ status: 200 });
  expect(await get("other.test")).toMatchObject({ status: 403 });
});

test("health, ready and the console's files answer whatever name they are asked by, and nothing else does", async () => {
  await using beyond = await startDouble({ host: "0.0.0.0" });
  for (const { port } of [double, beyond]) {
    const ask = async (line: string, ...headers: string[]) => {
      const head = [`${line} HTTP/1.1`, ...headers, "connection: close", "", ""].join("\r\n");
      return (await sendRaw(`http://127.0.0.1:${port}`, Buffer.from(head))).status;
    };
    for (const host of ["host: 10.1.2.3:4010", "host: double:4010", "host: evil.example"]) {
      for (const path of ["health", "ready", "", "console.js"])
        expect(await ask(`GET /_double/${path}`, host)).toBe(200);
      expect(await ask("HEAD /_double/ready", host)).toBe(200);
      for (const path of ["info", "state", "journal", "openapi.json"]) {
        expect(await ask(`GET /_double/${path}`, host)).toBe(403);
      }
      expect(await ask("GET /_double/ready", host, "origin: https://elsewhere.example")).toBe(403);
      expect(await ask("GET /_double/ready", host, "sec-fetch-site: cross-site")).toBe(403);
    }
  }
});

test("where a control token is given, all but health and ready demand it, and the refusal is always the same", async () => {
  await using double = await startDouble({ controlToken: "open sesame" });
  const before = await double.snapshot();
  const get = async (path: string, authorization?: string) => {
    const response = await fetch(`${double.url}/_double${path}`, {
      headers: { ...(authorization && { authorization }) },
    });
    return {
      status: response.status,
      challenge: response.headers.get("www-authenticate"),
      body: await response.json(),
    };
  };
  const refused = {
    status: 401,
    challenge: "Bearer",
    body: { detail: "The control plane asks for its token: authorization: Bearer <control token>" },
  };

  for (const wrong of [
    undefined,
    "Bearer wrong",
    "Bearer open",
    "Basic open sesame",
    `Bearer ${wellKnownCaller.token}`,
  ]) {
    expect(await get("/info", wrong)).toEqual(refused);
    expect(await get("/nowhere", wrong)).toEqual(refused);
  }
  expect(await get("/health")).toMatchObject({ status: 200, body: { status: "ok" } });
  expect(await get("/ready")).toMatchObject({ status: 200, body: { status: "ok" } });
  expect(await get("/info", "Bearer open sesame")).toMatchObject({ status: 200 });
  expect(bodyOf(await controlOf(double).reset({ body: {} }), 200)).toMatchObject({ tokens: 1 });
  expect(await double.snapshot()).toEqual(before);
});

test("beyond loopback the control plane makes up a token, a new one at each start", async () => {
  await using one = await startDouble({ host: "0.0.0.0" });
  await using two = await startDouble({ host: "0.0.0.0" });
  expect(one.controlToken).toMatch(/^[\w-]{32}$/);
  expect(two.controlToken).not.toBe(one.controlToken);
  const url = `http://127.0.0.1:${one.port}/_double/info`;
  expect((await fetch(url)).status).toBe(401);
  expect((await fetch(url, { headers: { authorization: `Bearer ${one.controlToken}` } })).status).toBe(200);
});

test("a body over 1 MiB is answered 413, and the double lives on", async () => {
  const before = await double.snapshot();
  const body = JSON.stringify({ effect: { status: 500, body: "x".repeat(2 * 1024 * 1024) } });
  const socket = connect(double.port, "127.0.0.1");
  socket.on("error", () => {});
  const answer = new Promise<string>((resolve) => socket.once("data", (bytes) => resolve(bytes.toString())));
  socket.write(
    `POST /_double/faults HTTP/1.1\r\nhost: ${loopback}\r\n${json}\r\ncontent-length: ${body.length}\r\n\r\n${body}`,
  );

  expect(await answer).toMatch(/^HTTP\/1\.1 413 [\s\S]+\{"detail":"The body is larger than 1048576 bytes"\}$/);

  socket.destroy();
  expect(await double.snapshot()).toEqual(before);
  expect(await controlOf(double).health()).toMatchObject({ status: 200 });
});

test("no control route has headers that let a page read it, with cors set, and the API has", async () => {
  const control = await fetch(`${double.url}/_double/info`);
  expect([...control.headers.keys()].filter((name) => name.startsWith("access-control"))).toEqual([]);
  const api = await fetch(`${double.url}/api/v1/tokens`);
  expect(api.headers.get("access-control-allow-origin")).toBe("*");
});

test("control requests meet no fault, no limit and no journal", async () => {
  await using double = await startDouble({ rateLimit: 1 });
  double.faults.add({ effect: { status: 500 } });
  double.faults.add({ effect: { connection: "reset" }, when: "after" });
  const control = controlOf(double);
  for (let n = 0; n < 20; n += 1) expect(await control.info()).toMatchObject({ status: 200 });
  expect(double.faults.list().map(({ seen }) => seen)).toEqual([0, 0]);
  expect(double.journal.entries()).toEqual([]);
  double.faults.clear();
  expect(await callsOf(double, wellKnownCaller).list()).toMatchObject({ status: 200 });
});

test("a double cannot be stopped over HTTP", async () => {
  for (const path of ["/shutdown", "/stop", "/kill", "/exit"]) {
    expect(await attack([`host: ${loopback}`, json], "{}", `POST /_double${path}`)).toMatchObject({ status: 404 });
  }
});
