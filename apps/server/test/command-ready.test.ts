import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, test } from "vitest";
import { runCommand, startCommand } from "./command.ts";
import { tlsFiles } from "./tls.ts";

test("ready ends with 0 where a double is", async () => {
  await using double = await startCommand();

  expect(await runCommand(["ready", "--url", double.url])).toEqual({
    code: 0,
    stdout: `${double.url} is ready\n`,
    stderr: "",
  });
});

test("ready needs no control token", async () => {
  await using double = await startCommand(["--control-token", "hush"]);

  expect(await runCommand(["ready", "--url", `${double.url}/`])).toMatchObject({ code: 0, stderr: "" });
});

test("ready tells a certificate that it does not trust from nobody being there", async () => {
  await using double = await startCommand(["--tls-cert", tlsFiles.cert, "--tls-key", tlsFiles.key]);
  const trusting = { env: { NODE_EXTRA_CA_CERTS: tlsFiles.cert } };
  const elsewhere = double.url.replace("127.0.0.1", "127.0.0.2");

  const [untrusted, trusted, insecure, nobody] = await Promise.all([
    runCommand(["ready", "--url", double.url]),
    runCommand(["ready", "--url", double.url], trusting),
    runCommand(["ready", "--url", double.url, "--insecure"]),
    runCommand(["ready", "--url", elsewhere, "--insecure"]),
  ]);

  expect(untrusted).toEqual({
    code: 1,
    stdout: "",
    stderr: `dayzero-double: the certificate at ${double.url} is not trusted (DEPTH_ZERO_SELF_SIGNED_CERT); name its file in NODE_EXTRA_CA_CERTS, or give --insecure\n`,
  });
  expect(trusted).toEqual({ code: 0, stdout: `${double.url} is ready\n`, stderr: "" });
  expect(insecure).toEqual({ code: 0, stdout: `${double.url} is ready\n`, stderr: "" });
  expect(nobody).toMatchObject({ code: 1, stderr: expect.stringContaining("nothing answers at") });
});

test("ready says of a certificate for another name that it is not trusted", async () => {
  await using double = await startCommand([
    "--host",
    "127.0.0.2",
    "--tls-cert",
    tlsFiles.cert,
    "--tls-key",
    tlsFiles.key,
  ]);
  const trusting = { env: { NODE_EXTRA_CA_CERTS: tlsFiles.cert } };

  expect(await runCommand(["ready", "--url", double.url], trusting)).toMatchObject({
    code: 1,
    stderr: expect.stringContaining("is not trusted (ERR_TLS_CERT_ALTNAME_INVALID)"),
  });
});

test("ready ends with 1 where nothing is", async () => {
  const url = await freeAddress();

  expect(await runCommand(["ready", "--url", url])).toEqual({
    code: 1,
    stdout: "",
    stderr: `dayzero-double: nothing answers at ${url}; start one with: dayzero-double start\n`,
  });
});

test.each([
  [404, "Not Found", (url: string) => `what answers at ${url} is no double (status 404)`],
  [200, "<html>", (url: string) => `what answers at ${url} is no double (status 200)`],
  [503, '{"status":"stopping"}', (url: string) => `the double at ${url} is stopping`],
])("ready ends with 1 where %i %j is answered", async (status, body, sentence) => {
  const server = createServer((_req, res) => void res.writeHead(status).end(body));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  expect(await runCommand(["ready", "--url", url])).toEqual({
    code: 1,
    stdout: "",
    stderr: `dayzero-double: ${sentence(url)}\n`,
  });
  server.close();
});

test("ready --wait waits for a double that comes later", async () => {
  const url = await freeAddress();
  const waiting = runCommand(["ready", "--url", url, "--wait", "20"]);
  await using _double = await startCommand(["--port", new URL(url).port]);

  expect(await waiting).toMatchObject({ code: 0, stderr: "" });
});

test("ready --wait gives up in the end", async () => {
  const url = await freeAddress();

  expect(await runCommand(["ready", "--url", url, "--wait", "1"])).toMatchObject({ code: 1, stdout: "" });
});

/** An address of a port that was free a moment ago. */
async function freeAddress(): Promise<string> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return `http://127.0.0.1:${port}`;
}
