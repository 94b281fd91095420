import { expect, test } from "vitest";
import { startDouble } from "../src/index.ts";
import { headersOf, wellKnownCaller } from "./calls.ts";
import { sendRaw } from "./raw-http.ts";

const page = "https://app.example";
const asked = "authorization,content-type,x-business-id";

/** What a page's browser sends, over a socket: the platform's fetch keeps `Origin` to itself. */
async function send(url: string, line: string, headers: Readonly<Record<string, string>>) {
  const lines = Object.entries({ host: new URL(url).host, connection: "close", ...headers });
  const text = `${line} HTTP/1.1\r\n${lines.map(([name, value]) => `${name}: ${value}\r\n`).join("")}\r\n`;
  const { status, headers: answered } = await sendRaw(url, Buffer.from(text));
  const cors = Object.entries(answered).filter(([name]) => name === "vary" || name.startsWith("access-control-"));
  return { status, cors: Object.fromEntries(cors) };
}

const preflight = (url: string, origin = page, path = "/api/v1/tokens") =>
  send(url, `OPTIONS ${path}`, {
    origin,
    "access-control-request-method": "POST",
    "access-control-request-headers": asked,
  });

const list = (url: string, origin = page) => send(url, "GET /api/v1/tokens", { ...headersOf(wellKnownCaller), origin });

const allowed = (origin: string) => ({
  ...(origin !== "*" && { vary: "Origin" }),
  "access-control-allow-origin": origin,
  "access-control-expose-headers": "*",
});
const invited = (origin: string) => ({
  ...allowed(origin),
  "access-control-allow-methods": "GET, POST",
  "access-control-allow-headers": asked,
  "access-control-max-age": "600",
});

test.each([page, "*"])("pages of the origin %s may call the API, and are told so before", async (cors) => {
  await using double = await startDouble({ cors });
  expect(await preflight(double.url)).toEqual({ status: 204, cors: invited(cors) });
  expect(await list(double.url)).toEqual({ status: 200, cors: allowed(cors) });
});

test("refusals can be read by the page too", async () => {
  await using double = await startDouble({ cors: page });
  expect(await send(double.url, "GET /api/v1/tokens", { origin: page })).toEqual({ status: 401, cors: allowed(page) });
  expect(await send(double.url, "GET /nowhere", { origin: page })).toEqual({ status: 404, cors: allowed(page) });
});

test("pages of other origins are told nothing but that it depends on the origin", async () => {
  await using double = await startDouble({ cors: page });
  for (const origin of ["https://elsewhere.example", "https://app.example.evil", "http://app.example", "null"]) {
    expect(await preflight(double.url, origin)).toEqual({ status: 405, cors: { vary: "Origin" } });
    expect(await list(double.url, origin)).toEqual({ status: 200, cors: { vary: "Origin" } });
  }
});

test("without the option no page is told anything", async () => {
  await using double = await startDouble();
  expect(await preflight(double.url)).toEqual({ status: 405, cors: {} });
  expect(await list(double.url)).toEqual({ status: 200, cors: {} });
});

test("an OPTIONS that no browser sent is answered as upstream answers it", async () => {
  await using double = await startDouble({ cors: page });
  expect(await send(double.url, "OPTIONS /api/v1/tokens", { origin: page })).toEqual({
    status: 405,
    cors: allowed(page),
  });
});

test.each([page, "*"])("with the origin %s, pages may not call control routes all the same", async (cors) => {
  await using double = await startDouble({ cors });
  for (const path of ["/_double/reset", "/_double/faults", "/_double"]) {
    expect(await preflight(double.url, page, path)).toEqual({ status: 403, cors: {} });
  }
  expect(await send(double.url, "GET /_double/state", { origin: page })).toEqual({ status: 403, cors: {} });
});

test("a preflight meets no fault", async () => {
  await using double = await startDouble({ cors: page });
  double.faults.add({ effect: { status: 500 } });
  expect(await preflight(double.url)).toMatchObject({ status: 204 });
  expect(double.faults.list()).toMatchObject([{ seen: 0 }]);
});

// What used to be: the journal said of a preflight that no answer was sent.
test("a preflight is in the journal with its answer", async () => {
  await using double = await startDouble({ cors: page });
  await preflight(double.url);
  expect(double.journal.entries()).toMatchObject([
    {
      method: "OPTIONS",
      path: "/api/v1/tokens",
      operation: null,
      status: 204,
      rule: null,
      response: { headers: { "access-control-max-age": "600" }, body: null },
    },
  ]);
});

// What used to be: where the journal had to look for a leak first, the answer went ahead of it.
test("a preflight is on record before it is answered, also where it holds something like a secret", async () => {
  await using double = await startDouble({ cors: page });
  const { tokens } = double.world;
  const find = tokens.findByDigest.bind(tokens);
  const slowly = (digest: string) => new Promise<void>((resolve) => setImmediate(resolve)).then(() => find(digest));
  Object.assign(tokens, { findByDigest: slowly });

  const response = await double.fetch(`${double.url}/api/v1/tokens?of=dz_abcdef.ghi`, {
    method: "OPTIONS",
    headers: { origin: page, "access-control-request-method": "POST" },
  });

  expect(double.journal.entries()).toMatchObject([{ method: "OPTIONS", status: 204 }]);
  expect(response.status).toBe(204);
  expect(response.headers.get("access-control-allow-methods")).toBe("GET, POST");
  expect(response.headers.get("content-length")).toBeNull();
});
