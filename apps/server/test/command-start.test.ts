import { get } from "node:https";
import type { AddressInfo } from "node:net";
import { createServer } from "node:net";
import { APITokenCreateResponse } from "@dayzero-tokens/contract";
import { expect, test } from "vitest";
import { wellKnown } from "../src/world/well-known.ts";
import { type RunningCommand, runCommand, startCommand, testFolder } from "./command.ts";
import { tls, tlsFiles } from "./tls.ts";

const headers = {
  authorization: `Bearer ${wellKnown.secret}`,
  "x-business-id": wellKnown.businessId,
  "content-type": "application/json",
};

const create = ({ url }: RunningCommand, name = "ci") =>
  fetch(`${url}/api/v1/tokens`, { method: "POST", headers, body: JSON.stringify({ name }) });

test("the first line says what to call it with", async () => {
  await using double = await startCommand();

  expect(double.ready).toEqual({
    event: "ready",
    url: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/),
    token: wellKnown.secret,
    business_id: wellKnown.businessId,
    control_url: `${double.url}/_double`,
  });
  expect((await create(double)).status).toBe(201);
});

test("a port in use says what to do", async () => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;

  expect(await runCommand(["--port", String(port)])).toEqual({
    code: 1,
    stdout: "",
    stderr: `dayzero-double: port ${port} on 127.0.0.1 is in use; stop what is there, or choose another with --port (0 picks a free one)\n`,
  });
  server.close();
});

test("an address of another machine says what to do", async () => {
  expect(await runCommand(["--port", "0", "--host", "192.0.2.1"])).toEqual({
    code: 1,
    stdout: "",
    stderr: "dayzero-double: this machine has no address 192.0.2.1; choose another with --host\n",
  });
});

test("--max-active-tokens bounds the active tokens of a user", async () => {
  await using double = await startCommand(["--max-active-tokens", "2"]);

  expect([(await create(double)).status, (await create(double)).status]).toEqual([201, 400]);
});

test("--rate-limit answers 429 to what goes beyond it", async () => {
  await using double = await startCommand(["--rate-limit", "1/s"]);
  await fetch(`${double.url}/_double/clock`, { method: "PUT", headers, body: '{"freeze":true}' });

  expect([(await create(double)).status, (await create(double)).status]).toEqual([201, 429]);
});

test("--journal bounds what is remembered", async () => {
  await using double = await startCommand(["--journal", "1"]);
  await create(double, "first");
  await create(double, "second");

  expect(await (await fetch(`${double.url}/_double/journal`)).json()).toMatchObject({
    entries: [{ request: { body: { name: "second" } } }],
    dropped: 1,
  });
});

test("--cors lets the pages of an origin call", async () => {
  await using double = await startCommand(["--cors", "http://localhost:5173"]);
  const answer = await fetch(`${double.url}/api/v1/tokens`, {
    headers: { ...headers, origin: "http://localhost:5173" },
  });

  expect(answer.headers.get("access-control-allow-origin")).toBe("http://localhost:5173");
});

test("replies say that they are a double's, unless --no-double-header", async () => {
  await using marking = await startCommand();
  await using silent = await startCommand(["--no-double-header"]);

  expect((await create(marking)).headers.get("x-dayzero-double")).toBe("0.1.0");
  expect((await create(silent)).headers.get("x-dayzero-double")).toBeNull();
});

test("successes come in an envelope with --envelope or its variable, and bare without", async () => {
  await using bare = await startCommand();
  await using byFlag = await startCommand(["--envelope"]);
  await using byVariable = await startCommand([], { env: { DAYZERO_DOUBLE_ENVELOPE: "true" } });
  const keysOf = async (double: typeof bare) => Object.keys(Object(await (await create(double)).json()));

  expect(await keysOf(bare)).toEqual(["token", "token_info"]);
  expect(await keysOf(byFlag)).toEqual(["success", "message", "code", "data"]);
  expect(await keysOf(byVariable)).toEqual(["success", "message", "code", "data"]);
});

test("--control-token is what /_double demands, and is never printed", async () => {
  await using double = await startCommand(["--control-token", "hush-hush"]);
  const info = (token: string) =>
    fetch(`${double.url}/_double/info`, { headers: { authorization: `Bearer ${token}` } });

  expect([(await info("guess")).status, (await info("hush-hush")).status]).toEqual([401, 200]);
  double.kill("SIGTERM");
  const { stdout, stderr } = await double.ended;
  expect(stdout + stderr).not.toContain("hush-hush");
});

test("beyond loopback a control token is made up, and is in the first line only", async () => {
  await using double = await startCommand(["--host", "0.0.0.0"]);
  const { control_token: controlToken } = double.ready;
  const url = double.url.replace("0.0.0.0", "127.0.0.1");

  expect((await fetch(`${url}/_double/info`)).status).toBe(401);
  const answer = await fetch(`${url}/_double/info`, { headers: { authorization: `Bearer ${controlToken}` } });
  expect(answer.status).toBe(200);
  double.kill("SIGTERM");
  const { stdout, stderr } = await double.ended;
  expect((stdout + stderr).split(String(controlToken))).toHaveLength(2);
});

test("a real credential is warned of, masked", async () => {
  await using double = await startCommand();
  const foreign = `dz_${Buffer.from('{"alg":"HS256"}').toString("base64url")}.${Buffer.from('{"jti":"1"}').toString("base64url")}.c2lnbmF0dXJl`;
  const answer = await fetch(`${double.url}/api/v1/tokens`, {
    headers: { ...headers, authorization: `Bearer ${foreign}` },
  });

  expect(answer.status).toBe(401);
  expect(await double.record("warning")).toEqual({
    event: "warning",
    message: expect.stringMatching(/^A request carries a token that no double minted \(dz_\S{0,12}\): /),
  });
  double.kill("SIGTERM");
  const { stdout, stderr } = await double.ended;
  expect(stdout + stderr).not.toContain(foreign);
});

test("no secret that a request carries or is answered with is printed", async () => {
  await using double = await startCommand();
  const { token } = APITokenCreateResponse.parse(await (await create(double)).json());
  await fetch(`${double.url}/api/v1/tokens?search=${token}`, { headers });
  await create(double, token);
  double.kill("SIGTERM");
  const { stdout, stderr } = await double.ended;

  expect(stdout + stderr).not.toContain(token);
});

test("the same seed, a frozen clock and the same calls get the same bytes from two processes", async () => {
  const [one, other] = await Promise.all([bytesOfALife(), bytesOfALife()]);

  expect(one).toEqual(other);
  expect(one[0]).toContain('"token":"dz_');
});

async function bytesOfALife(): Promise<string[]> {
  await using double = await startCommand(["--seed", "the same"]);
  await fetch(`${double.url}/_double/clock`, { method: "PUT", headers, body: '{"freeze":"2026-03-01T12:00:00Z"}' });
  const post = (path: string, body: string) => fetch(`${double.url}${path}`, { method: "POST", headers, body });
  const created = await (await create(double)).text();
  const { id } = JSON.parse(created).token_info;
  return [
    created,
    await (await post("/_double/sandboxes", '{"tokens":["active","revoked"]}')).text(),
    await (await post(`/api/v1/tokens/${id}/revoke`, "{}")).text(),
    await (await fetch(`${double.url}/api/v1/tokens?include_revoked=true`, { headers })).text(),
  ];
}

test("no socket is opened outward, and no name is looked up", async () => {
  await using folder = await testFolder();
  const preload = await folder.write("no-network.mjs", noNetwork);
  await using double = await startCommand(["--state-file", `${folder.path}/state.json`], { preload });
  await create(double);
  await fetch(`${double.url}/_double/info`);
  await fetch(`${double.url}/_double/openapi.json`);
  await fetch(`${double.url}/_double/sandboxes`, { method: "POST", headers, body: "{}" });
  await fetch(`${double.url}/_double/reset`, { method: "POST", headers, body: "{}" });
  double.kill("SIGTERM");

  expect(await double.ended).toMatchObject({ code: 0, stderr: "" });
  // That the trap is one.
  expect(await runCommand(["ready"], { preload })).toMatchObject({
    stderr: expect.stringContaining("a socket is opened"),
  });
});

const noNetwork = `
import dns from "node:dns";
import net from "node:net";
import { syncBuiltinESMExports } from "node:module";
const refuse = (what) => () => { process.stderr.write(what + "\\n"); throw new Error(what); };
net.Socket.prototype.connect = refuse("a socket is opened");
const lookup = dns.lookup;
// To bind to an address, Node looks that up too.
dns.lookup = (name, ...rest) => (net.isIP(name) ? lookup(name, ...rest) : refuse("a name is looked up: " + name)());
for (const name of ["resolve", "resolve4", "resolve6"]) dns[name] = refuse("a name is resolved");
syncBuiltinESMExports();
`;

test("--tls-cert and --tls-key make it speak HTTPS", async () => {
  await using double = await startCommand(["--tls-cert", tlsFiles.cert, "--tls-key", tlsFiles.key]);

  const status = await new Promise((resolve, reject) => {
    get(`${double.url}/_double/ready`, { ca: tls.cert }, (answer) => resolve(answer.resume().statusCode)).on(
      "error",
      reject,
    );
  });

  expect({ status, url: double.url }).toEqual({ status: 200, url: expect.stringMatching(/^https:/) });
});

test("--tls-cert and --tls-key that are none say so", async () => {
  await using folder = await testFolder();
  const [cert, key] = [await folder.write("c.pem", "no"), await folder.write("k.pem", "no")];

  expect(await runCommand(["--tls-cert", cert, "--tls-key", key])).toEqual({
    code: 2,
    stdout: "",
    stderr: `dayzero-double: ${cert} and ${key} must be a certificate and its key, both PEM\n`,
  });
});
