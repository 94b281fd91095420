import { once } from "node:events";
import { connect } from "node:net";
import { describe, expect, test } from "vitest";
import { startDouble, wellKnown } from "../src/index.ts";
import { answerOf, refusal, startApi } from "./api.ts";
import { sendRaw } from "./raw-http.ts";

const notFound = refusal(404, "Not Found");
const methodNotAllowed = (allow: string) => refusal(405, "Method Not Allowed", { allow });

test.each([
  "/",
  "/api",
  "/api/v1",
  "/api/v1/token",
  "/API/V1/TOKENS",
  "/api/v1/tokens.json",
  "/api//v1/tokens",
  "/api/v1/tokens/some-id",
  "/api/v1/tokens//revoke",
  "/api/v1/tokens/a/b/revoke",
  "/api/v1/tokens/some-id/revoke/more",
  "/api/v1/tokens%3F",
  "/docs",
  "/openapi.json",
  "/favicon.ico",
])("the unknown path %s answers 404, with credentials or without", async (path) => {
  const { request, credentials } = await startApi();

  expect(answerOf(await request.get(path))).toEqual(notFound);
  expect(answerOf(await request.post(path).set(credentials).send({ name: "ci" }))).toEqual(notFound);
});

describe("a wrong method answers 405 and says which one the path's first route takes", () => {
  test.each([
    ["put", "/api/v1/tokens", "POST"],
    ["patch", "/api/v1/tokens", "POST"],
    ["delete", "/api/v1/tokens", "POST"],
    ["options", "/api/v1/tokens", "POST"],
    ["get", "/api/v1/tokens/some-id/revoke", "POST"],
    ["delete", "/api/v1/tokens/some-id/revoke", "POST"],
    ["options", "/api/v1/tokens/some-id/revoke", "POST"],
  ] as const)("%s %s", async (method, path, allow) => {
    const { request } = await startApi();

    expect(answerOf(await request[method](path))).toEqual(methodNotAllowed(allow));
  });
});

test.each([
  ["an unknown path", "/nothing", { status: 404, allow: undefined }],
  ["a path that takes GET", "/api/v1/tokens", { status: 405, allow: "POST" }],
])("HEAD of %s has the status and the headers, and no body", async (_, path, { status, allow }) => {
  await using double = await startDouble();

  const head = `HEAD ${path} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n`;
  const answer = await sendRaw(double.url, Buffer.from(head));

  expect({ status: answer.status, allow: answer.headers["allow"], body: answer.body.toString() }).toEqual({
    status,
    allow,
    body: "",
  });
  expect(answer.headers["content-type"]).toBe("application/json");
});

describe("trailing slashes answer 307 to the path without them", () => {
  test.each([
    ["get", "/api/v1/tokens/", "/api/v1/tokens"],
    ["post", "/api/v1/tokens/", "/api/v1/tokens"],
    ["delete", "/api/v1/tokens/", "/api/v1/tokens"],
    ["get", "/api/v1/tokens///", "/api/v1/tokens"],
    ["get", "/api/v1/tokens/?limit=5&cursor=a%20b", "/api/v1/tokens?limit=5&cursor=a%20b"],
    ["post", "/api/v1/tokens/some-id/revoke/", "/api/v1/tokens/some-id/revoke"],
  ] as const)("%s %s", async (method, path, target) => {
    const { request } = await startApi();

    const answer = await request[method](path).set("host", "double.example:4010").redirects(0);

    expect(answerOf(answer)).toEqual({
      status: 307,
      headers: { location: `http://double.example:4010${target}` },
      text: "",
    });
  });
});

test("a redirected POST creates where it is sent on to", async () => {
  await using double = await startDouble();

  const answer = await fetch(`${double.url}/api/v1/tokens/`, {
    method: "POST",
    headers: {
      authorization: `Bearer ${wellKnown.secret}`,
      "x-business-id": wellKnown.businessId,
      "content-type": "application/json",
    },
    body: '{"name":"ci"}',
  });

  expect(answer).toMatchObject({ status: 201, redirected: true, url: `${double.url}/api/v1/tokens` });
});

test("an encoded slash is a slash", async () => {
  const { request, credentials } = await startApi();

  expect((await request.get("/api/v1%2Ftokens").set(credentials)).status).toBe(200);
  expect(answerOf(await request.post("/api/v1/tokens/a%2Fb/revoke").set(credentials))).toEqual(notFound);
});

test("an id in the path is decoded, and may be anything but a slash", async () => {
  const { request, credentials } = await startApi();

  for (const id of ["%20", "a%3Fb", "%F0%9F%99%82", "..%5C", "%zz", "__proto__"]) {
    expect(answerOf(await request.post(`/api/v1/tokens/${id}/revoke`).set(credentials))).toEqual(
      refusal(404, "Resource not found"),
    );
  }
});

test("no refusal of the router is ever HTML, whatever the client accepts", async () => {
  const { request } = await startApi();

  for (const answer of [
    await request.get("/nothing").set("accept", "text/html"),
    await request.put("/api/v1/tokens").set("accept", "text/html"),
    await request.get("/api/v1/tokens").set("accept", "text/html"),
    await request.get("/%E0%A4%A").set("accept", "text/html"),
  ]) {
    expect(answer.headers["content-type"]).toBe("application/json");
    expect(JSON.parse(answer.text)).toEqual({ detail: expect.any(String) });
  }
});

test.each([
  ["an absolute target", "GET http://elsewhere.example/api/v1/tokens?limit=x HTTP/1.1\r\nhost: localhost"],
  ["a target with a fragment", "GET /api/v1/tokens?limit=x#part HTTP/1.1\r\nhost: localhost"],
  ["a request without Host", "GET /api/v1/tokens?limit=x HTTP/1.1"],
  ["headers of 40 KiB", `GET /api/v1/tokens?limit=x HTTP/1.1\r\nhost: localhost\r\nx-long: ${"x".repeat(40_960)}`],
])("%s is routed like any other", async (_, head) => {
  await using double = await startDouble();
  const credentials = `authorization: Bearer ${wellKnown.secret}\r\nx-business-id: ${wellKnown.businessId}`;

  const answer = await sendRaw(double.url, Buffer.from(`${head}\r\n${credentials}\r\nconnection: close\r\n\r\n`));

  expect([answer.status, JSON.parse(answer.body.toString()).detail[0].input]).toEqual([422, "x"]);
});

/** Where a request with these headers is sent on to; `{self}` is the double's own address. */
async function redirectOf(target: string, ...headers: readonly string[]): Promise<string> {
  await using double = await startDouble();
  const lines = [`GET ${target} HTTP/1.1`, ...headers, "connection: close", "\r\n"];
  const answer = await sendRaw(double.url, Buffer.from(lines.join("\r\n"), "latin1"));
  expect(answer.status).toBe(307);
  return (answer.headers["location"] ?? "").replace(new URL(double.url).host, "{self}");
}

describe("a redirect keeps the query as it came", () => {
  test.each([
    ["/api/v1/tokens/?", "/api/v1/tokens"],
    ["/api/v1/tokens/??", "/api/v1/tokens??"],
    ["/api/v1/tokens/?a?b", "/api/v1/tokens?a?b"],
    ["/api/v1/tokens/?limit%5B%5D=1", "/api/v1/tokens?limit%5B%5D=1"],
    ["/api/v1/tokens/?limit%5b%5d=1", "/api/v1/tokens?limit%5b%5d=1"],
    ["/api/v1/tokens/?limit[]=1", "/api/v1/tokens?limit[]=1"],
    ["/api/v1/tokens/?a=%zz&b=%25&&c=+%", "/api/v1/tokens?a=%zz&b=%25&&c=+%"],
    ['/api/v1/tokens/?q="<>|^`{}\\', "/api/v1/tokens?q=%22%3C%3E%7C%5E%60%7B%7D%5C"],
  ])("%s", async (target, location) => {
    expect(await redirectOf(target, "host: h")).toBe(`http://h${location}`);
  });
});

describe("a redirect's path is decoded, and encoded where it must be", () => {
  test.each([
    ["%5Ba%5D", "[a]"],
    ["[a]", "[a]"],
    ["%2541", "%41"],
    ["%C3%A9%20%F0%9F%99%82", "%C3%A9%20%F0%9F%99%82"],
    ["%ff", "%EF%BF%BD"],
    ["a%0A", "a%0A"],
    ["a%3Fb%23c", "a?b#c"],
    ["~!$&'()*+,;=:@-._", "~!$&'()*+,;=:@-._"],
    ["%7C%5E%60%22%3C%3E%7B%7D%5C", "%7C%5E%60%22%3C%3E%7B%7D%5C"],
  ])("%s", async (id, shown) => {
    const location = await redirectOf(`/api/v1/tokens/${id}/revoke/?id=%5B`, "host: h");

    expect(location).toBe(`http://h/api/v1/tokens/${shown}/revoke?id=%5B`);
  });
});

describe("a redirect leads to the Host that was asked for", () => {
  test.each([
    "x",
    "X.Y:80",
    "x:080",
    "x:65535",
    "x:00000000000000080",
    "a_b",
    "a%20b",
    "a,b",
    "~!$&'()*+,;=",
    "[::1]",
    "[::1]:4",
    "[1:2:3:4:5:6:7::]",
    "[::ffff:1.2.3.4]",
    "[v1.a:b]:8",
  ])("%s", async (host) => {
    expect(await redirectOf("/api/v1/tokens/", `host: ${host}`)).toBe(`http://${host}/api/v1/tokens`);
  });
});

describe("a redirect leads to the address that was asked where the Host is no host", () => {
  test.each([
    "",
    "x/y",
    "x?",
    "x#",
    "x@y",
    "x y",
    "x\\y",
    "\u00e4",
    ":80",
    "x:",
    "x:1:2",
    "x:65536",
    "x:065536",
    "1.2.3.4:999999",
    "::1",
    "[:]",
    "[::g]",
    "[::ffff:1.2.3.04]",
    "[::1%25lo]",
    "[fe80::1]x",
    "[V1.a]",
    "[v.a]",
    "[v1.]",
  ])("“%s”", async (host) => {
    expect(await redirectOf("/api/v1/tokens/", `host: ${host}`)).toBe("http://{self}/api/v1/tokens");
  });

  test("no Host at all", async () => {
    expect(await redirectOf("/api/v1/tokens/")).toBe("http://{self}/api/v1/tokens");
  });
});

describe("a redirect's scheme is the one that the last proxy speaks of, where there is such a scheme", () => {
  test.each([
    ["https", ["https"]],
    ["ws", ["ws"]],
    ["http", ["ftp"]],
    ["http", ["HTTPS"]],
    ["http", ["http, https"]],
    ["http", ["constructor"]],
    ["http", [""]],
    ["http", ["https", "http"]],
    ["https", ["http", "https"]],
    ["http", ["https", "ftp"]],
  ])("%s: %j", async (scheme, forwarded) => {
    const headers = forwarded.map((value) => `x-forwarded-proto: ${value}`);

    expect(await redirectOf("/api/v1/tokens/", "host: h", ...headers)).toBe(`${scheme}://h/api/v1/tokens`);
    expect(await redirectOf("/api/v1/tokens/", "host: x/y", ...headers)).toBe(`${scheme}://{self}/api/v1/tokens`);
  });
});

test("in process, where there is no address, a redirect without a usable Host is relative", async () => {
  await using double = await startDouble();

  const answer = await double.fetch("http://double.example/api/v1/tokens/?limit=1", {
    headers: { host: "x/y" },
    redirect: "manual",
  });

  expect([answer.status, answer.headers.get("location")]).toEqual([307, "/api/v1/tokens?limit=1"]);
});

test("a route of the API that the double does not have answers FastAPI's 404, is told apart, and is warned of once", async () => {
  const warnings: string[] = [];
  await using double = await startDouble({ warn: (message) => warnings.push(message) });
  const get = (path: string) => double.fetch(double.url + path);

  const answers = [
    await get("/api/v1/businesses?limit=1"),
    await get("/api/v1/businesses"),
    await get("/api/v1/invoices/0195f3a1-0000-7000-8000-000000000001/lines/1"),
    await get("/api/v1/invoices/0195f3a1-0000-7000-8000-000000000002/lines/2"),
    await get(`/api/v1/tokens/${wellKnown.secret}`),
    await get("/nowhere"),
  ];

  for (const answer of answers) {
    expect([answer.status, await answer.text()]).toEqual([404, '{"detail":"Not Found"}']);
    expect(answer.headers.get("content-type")).toBe("application/json");
  }
  const told = (route: string) =>
    `The double has no route ${route}, and answers 404; that does not say whether DayZero has it`;
  expect(warnings).toEqual([
    told("GET /api/v1/businesses"),
    told("GET /api/v1/invoices/{id}/lines/{id}"),
    told("GET /api/v1/tokens/{id}"),
  ]);
  expect(double.info().unrouted).toBe(5);
  expect(double.journal.entries().map(({ rule }) => rule)).toEqual([
    ...Array(5).fill("route.not-here"),
    "route.not-found",
  ]);
});

test("of a hundred routes that the double does not have there are warnings, the rest are counted", async () => {
  const warnings: string[] = [];
  await using double = await startDouble({ warn: (message) => warnings.push(message) });
  const letters = "abcdefghijklmnop";
  for (const one of letters) {
    for (const other of letters) await double.fetch(`${double.url}/api/v1/${one}${other}`);
  }

  expect(warnings).toHaveLength(100);
  expect(double.info().unrouted).toBe(256);
});

test.each([
  ["/api/v1/tokens", 405, { allow: "POST" }, '{"detail":"Method Not Allowed"}'],
  ["/api/v1/tokens/", 307, { location: "http://double.example/api/v1/tokens" }, ""],
  ["/nowhere", 404, {}, '{"detail":"Not Found"}'],
  ["elsewhere.example:443", 404, {}, '{"detail":"Not Found"}'],
])("CONNECT %s is routed like any other method, and closes the connection", async (target, status, headers, body) => {
  await using double = await startDouble({ grace: 600 });

  const answer = await sendRaw(
    double.url,
    Buffer.from(`CONNECT ${target} HTTP/1.1\r\nhost: double.example\r\n\r\nmore`),
  );

  expect({ status: answer.status, body: answer.body.toString() }).toEqual({ status, body });
  expect(answer.headers).toMatchObject({ ...headers, connection: "close" });
  expect(double.journal.entries()).toMatchObject([{ method: "CONNECT", status }]);
});

test("CONNECT by somebody who leaves at once is nothing to the double", async () => {
  await using double = await startDouble();
  for (let n = 0; n < 20; n += 1) {
    const socket = connect(double.port, "127.0.0.1");
    await once(socket, "connect");
    socket.write("CONNECT /nowhere HTTP/1.1\r\nhost: x\r\n\r\n");
    socket.resetAndDestroy();
  }

  expect((await fetch(`${double.url}/_double/health`)).status).toBe(200);
});

test("an Expect that is not known is taken no notice of", async () => {
  await using double = await startDouble();
  const head = `GET /api/v1/tokens HTTP/1.1\r\nhost: localhost\r\nexpect: foo\r\nconnection: close\r\n\r\n`;

  expect(await sendRaw(double.url, Buffer.from(head))).toMatchObject({ status: 401 });
});

test("credentials behind 2,500 other headers are seen, in order and each on its own", async () => {
  await using double = await startDouble();
  const others = Array.from({ length: 2500 }, (_, n) => `x-${n}: 1\r\n`).join("");
  const credentials = `authorization: Bearer ${wellKnown.secret}\r\nx-business-id: ${wellKnown.businessId}\r\n`;
  const ask = (headers: string) =>
    sendRaw(double.url, Buffer.from(`GET /api/v1/tokens HTTP/1.1\r\nhost: x\r\nconnection: close\r\n${headers}\r\n`));

  expect(await ask(others + credentials)).toMatchObject({ status: 200 });
  expect(await ask(`${others}x-business-id: no\r\n${credentials}`)).toMatchObject({ status: 400 });
  expect(Object.keys(double.journal.entries()[0]?.request.headers ?? {})).toHaveLength(2504);
});
