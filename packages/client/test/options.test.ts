import { afterEach, expect, test, vi } from "vitest";
import { ConfigError, DayZero, type FetchInit, VERSION } from "../src/index.ts";
import { businessId, created, listed, startRawServer, token } from "./raw-server.ts";
import { realmOf } from "./realm.ts";

afterEach(() => {
  vi.unstubAllEnvs();
  vi.unstubAllGlobals();
});

test("what is not given comes from the environment", async () => {
  await using server = await startRawServer(() => listed);
  vi.stubEnv("DAYZERO_API_TOKEN", token);
  vi.stubEnv("DAYZERO_BUSINESS_ID", businessId);
  vi.stubEnv("DAYZERO_BASE_URL", server.baseUrl);
  await new DayZero().tokens.list();
  expect(server.requests[0]?.headers).toMatchObject({ authorization: `Bearer ${token}`, "x-business-id": businessId });
});

test("what is given wins over the environment", async () => {
  await using server = await startRawServer(() => listed);
  vi.stubEnv("DAYZERO_API_TOKEN", "dz_env");
  vi.stubEnv("DAYZERO_BUSINESS_ID", "env");
  vi.stubEnv("DAYZERO_BASE_URL", "https://env.example");
  await new DayZero(server.options).tokens.list();
  expect(server.requests[0]?.headers).toMatchObject({ authorization: `Bearer ${token}`, "x-business-id": businessId });
});

test("a client works where there is no environment", async () => {
  const { DayZero } = await realmOf({});
  const dayzero = new DayZero({ apiToken: token });
  expect(dayzero.baseUrl).toBe("https://api.ondayzero.com");
  await expect(dayzero.tokens.list()).rejects.toMatchObject({ code: "config" });
});

test("a client works where the environment may not be read", async () => {
  const deny = (_: object, name: string | symbol) => {
    if (String(name).startsWith("DAYZERO")) throw new Error("denied");
  };
  const process = { versions: { node: "x" }, env: new Proxy({}, { get: deny }) };
  const { DayZero } = await realmOf({ process });
  expect(new DayZero({ apiToken: token }).businessId).toBeUndefined();
});

test("a missing credential is told at the first call, and not before: modules are loaded without it", async () => {
  vi.stubEnv("DAYZERO_API_TOKEN", undefined);
  await using server = await startRawServer(() => listed);
  const dayzero = new DayZero({ ...server.options, apiToken: undefined });
  await expect(dayzero.tokens.list()).rejects.toMatchObject({
    code: "config",
    attempts: 0,
    outcome: "not_sent",
    message: "apiToken, or DAYZERO_API_TOKEN, is missing",
  });
  expect(server.requests).toHaveLength(0);
});

test("a credential and a business that the environment gets later are taken at the call", async () => {
  vi.stubEnv("DAYZERO_API_TOKEN", undefined);
  vi.stubEnv("DAYZERO_BUSINESS_ID", undefined);
  await using server = await startRawServer(() => listed);
  const dayzero = new DayZero({ baseUrl: server.baseUrl });
  vi.stubEnv("DAYZERO_API_TOKEN", token);
  vi.stubEnv("DAYZERO_BUSINESS_ID", businessId);
  await dayzero.tokens.list();
  expect(server.requests[0]?.headers).toMatchObject({ authorization: `Bearer ${token}`, "x-business-id": businessId });
});

test("a malformed credential of the environment is refused at once", () => {
  vi.stubEnv("DAYZERO_API_TOKEN", "token");
  expect(() => new DayZero()).toThrow(/DAYZERO_API_TOKEN/);
});

test("without a business nothing is sent", async () => {
  vi.stubEnv("DAYZERO_BUSINESS_ID", "");
  await using server = await startRawServer(() => listed);
  const dayzero = new DayZero({ apiToken: token, baseUrl: server.baseUrl });
  await expect(dayzero.tokens.list()).rejects.toMatchObject({
    code: "config",
    message: expect.stringContaining("businessId"),
  });
  await dayzero.tokens.list({}, { businessId });
  expect(server.requests).toHaveLength(1);
});

test.each([
  "http://api.example",
  "http://localhost.example",
  "http://127.0.0.1.example",
  "http://10.0.0.1",
  "ftp://localhost",
  "https://user:secret@api.example",
  "https://api.example/?x=1",
  "https://api.example/#x",
  "api.example",
  "",
])("the base URL %j is refused", (baseUrl) => {
  expect(() => new DayZero({ apiToken: token, baseUrl })).toThrow(ConfigError);
  expect(() => new DayZero({ apiToken: token, baseUrl })).not.toThrow(/secret/);
});

test.each([
  ["https://api.example", "https://api.example"],
  ["https://api.example:8443/v/", "https://api.example:8443/v"],
  ["http://localhost:1", "http://localhost:1"],
  ["http://127.0.0.1:1", "http://127.0.0.1:1"],
  ["http://127.1.2.3", "http://127.1.2.3"],
  ["http://[::1]:1", "http://[::1]:1"],
])("the base URL %j is taken", (baseUrl, taken) => {
  expect(new DayZero({ apiToken: token, baseUrl }).baseUrl).toBe(taken);
});

test("plain http to another machine has to be allowed", () => {
  const options = { apiToken: token, baseUrl: "http://10.0.0.1:1", allowInsecureHttp: true };
  expect(new DayZero(options).baseUrl).toBe("http://10.0.0.1:1");
});

test.each([
  ["timeout", -1],
  ["totalTimeout", Number.NaN],
  ["maxRetries", -1],
  ["maxRetryAfter", Number.NaN],
])("a call whose %s is %d is refused", async (name, value) => {
  await using server = await startRawServer(() => listed);
  const call = new DayZero(server.options).tokens.list({}, { [name]: value });
  await expect(call).rejects.toMatchObject({ code: "config", message: expect.stringContaining(name) });
  expect(server.requests).toHaveLength(0);
});

test("a timeout without end is no timeout", async () => {
  await using server = await startRawServer(() => listed);
  const endless = { timeout: Number.POSITIVE_INFINITY, totalTimeout: Number.POSITIVE_INFINITY };
  await new DayZero({ ...server.options, ...endless }).tokens.list();
  expect(server.requests).toHaveLength(1);
});

const browser = { navigator: { userAgent: "Mozilla/5.0 (X11; Linux x86_64)" } };

test("a browser is refused, unless it is allowed", async () => {
  const { DayZero } = await realmOf(browser);
  expect(() => new DayZero({ apiToken: token })).toThrow(/dangerouslyAllowBrowser/);
  expect(new DayZero({ apiToken: token, dangerouslyAllowBrowser: true })).toBeInstanceOf(DayZero);
});

test("Node with a simulated DOM is no browser", () => {
  vi.stubGlobal("window", { document: {} });
  vi.stubGlobal("document", {});
  vi.stubGlobal("navigator", { userAgent: "Mozilla/5.0 (linux) AppleWebKit/537.36 (KHTML, like Gecko) jsdom/29" });
  expect(new DayZero({ apiToken: token })).toBeInstanceOf(DayZero);
});

test("the user agent names the client, its version and who uses it", async () => {
  await using server = await startRawServer(() => listed);
  await new DayZero({ ...server.options, userAgent: "billing/2.1" }).tokens.list();
  expect(server.requests[0]?.headers["user-agent"]).toBe(`dayzero-tokens-client/${VERSION} billing/2.1`);
});

test("a browser sends no user agent of ours", async () => {
  const { DayZero } = await realmOf(browser);
  const sent: Record<string, string>[] = [];
  const fetch = async (_: string, { headers }: { headers: Record<string, string> }) => {
    sent.push(headers);
    return Response.json({ items: [], has_next: false, has_prev: false });
  };
  await new DayZero({ apiToken: token, businessId, dangerouslyAllowBrowser: true, fetch }).tokens.list();
  expect(Object.keys(sent[0] ?? {}).toSorted()).toEqual(["accept", "authorization", "x-business-id"]);
});

test("nothing but what is documented is sent: no telemetry", async () => {
  await using server = await startRawServer(() => created);
  await new DayZero({ ...server.options, userEmail: "ann@example.com" }).tokens.create({ name: "ci" });
  const ofPlatform = ["accept-encoding", "accept-language", "connection", "host", "sec-fetch-mode", "content-length"];
  const sent = Object.keys(server.requests[0]?.headers ?? {}).filter((name) => !ofPlatform.includes(name));
  expect(sent.toSorted()).toEqual([
    "accept",
    "authorization",
    "content-type",
    "user-agent",
    "x-business-id",
    "x-user-email",
  ]);
});

test("headers of the client and of the call are sent, and can't replace ours in whatever case", async () => {
  await using server = await startRawServer(() => listed);
  const headers = { "X-One": "1", "X-Two": "1", authorization: "Basic x", "X-Business-Id": "x" };
  const call = { headers: { "x-two": "2", Authorization: "Basic y", ACCEPT: "text/html" } };
  await new DayZero({ ...server.options, headers }).tokens.list({}, call);
  expect(server.requests[0]?.headers).toMatchObject({
    "x-one": "1",
    "x-two": "2",
    authorization: `Bearer ${token}`,
    "x-business-id": businessId,
    accept: "application/json",
  });
});

test("a call may act in another business, for another user", async () => {
  await using server = await startRawServer(() => listed);
  const dayzero = new DayZero({ ...server.options, userEmail: "ann@example.com" });
  await dayzero.tokens.list({}, { businessId: "other", userEmail: "bob@example.com" });
  expect(server.requests[0]?.headers).toMatchObject({ "x-business-id": "other", "x-user-email": "bob@example.com" });
});

test("the platform's fetch is looked up for each call, so that it can be replaced late", async () => {
  const dayzero = new DayZero({ apiToken: token, businessId });
  vi.stubGlobal("fetch", async () => Response.json({ items: [], has_next: false, has_prev: false, late: true }));
  expect(await dayzero.tokens.list()).toMatchObject({ late: true });
});

test("fetch is never called as a method: some platforms refuse that", async () => {
  let self: unknown = "not called";
  async function fetch(this: unknown) {
    self = this;
    return Response.json({ items: [], has_next: false, has_prev: false });
  }
  await new DayZero({ apiToken: token, businessId, fetch }).tokens.list();
  expect(self).toBeUndefined();
});

test("an option that is undefined is one that is not given", async () => {
  await using server = await startRawServer(() => listed);
  const none = {
    timeout: undefined,
    headers: undefined,
    signal: undefined,
    businessId: undefined,
    maxRetries: undefined,
  };
  await new DayZero({ ...server.options, ...none, businessId }).tokens.list(undefined, none);
  expect(server.requests).toHaveLength(1);
});

test.each([
  ["the platform's own", new Headers({ "x-note": "1" })],
  ["a map", new Map([["x-note", "1"]])],
  ["pairs", [["x-note", "1"]] as const],
  ["an object, with what is undefined left out", { "x-note": "1", "x-none": undefined }],
])("headers may be %s", async (_, headers) => {
  await using server = await startRawServer(() => listed);
  await new DayZero({ ...server.options, headers: { "x-note": "0", "x-own": "1" } }).tokens.list({}, { headers });
  expect(server.requests[0]?.headers).toMatchObject({ "x-note": "1", "x-own": "1" });
  expect(server.requests[0]?.headers).not.toHaveProperty("x-none");
});

test("a header that is null in JavaScript is not sent", async () => {
  await using server = await startRawServer(() => listed);
  await new DayZero(server.options).tokens.list({}, { headers: { "x-note": null as never } });
  expect(server.requests[0]?.headers).not.toHaveProperty("x-note");
});

test("a client with other options is like the first but for what is given", async () => {
  await using server = await startRawServer(() => listed);
  const sent: unknown[] = [];
  const fetch = (url: string, init: FetchInit) => {
    sent.push(init.headers);
    return globalThis.fetch(url, init);
  };
  vi.stubEnv("DAYZERO_API_TOKEN", token);
  vi.stubEnv("DAYZERO_BUSINESS_ID", businessId);
  vi.stubEnv("DAYZERO_BASE_URL", server.baseUrl);
  const first = new DayZero({
    fetch,
    userEmail: "ann@example.com",
    userAgent: "billing/2.1",
    headers: { "x-one": "1" },
  });
  vi.unstubAllEnvs();

  const second = first.withOptions({ apiToken: "dz_second", userEmail: undefined, headers: { "x-two": "2" } });
  await second.tokens.list();
  await second.withOptions({ businessId: "other" }).tokens.list();
  await first.tokens.list();

  expect(second).toBeInstanceOf(DayZero);
  expect(second).toMatchObject({ baseUrl: server.baseUrl, businessId });
  const common = { "x-user-email": "ann@example.com", "user-agent": `dayzero-tokens-client/${VERSION} billing/2.1` };
  expect(sent).toEqual([
    expect.objectContaining({
      ...common,
      authorization: "Bearer dz_second",
      "x-business-id": businessId,
      "x-two": "2",
    }),
    expect.objectContaining({ ...common, authorization: "Bearer dz_second", "x-business-id": "other", "x-two": "2" }),
    expect.objectContaining({ ...common, authorization: `Bearer ${token}`, "x-business-id": businessId, "x-one": "1" }),
  ]);
  expect(sent[0]).not.toHaveProperty("x-one");
});

test("other options are checked as the first ones are", () => {
  const dayzero = new DayZero({ apiToken: token });
  expect(() => dayzero.withOptions({ apiToken: "no" })).toThrow(ConfigError);
  expect(() => dayzero.withOptions({ baseUrl: "http://api.example" })).toThrow(ConfigError);
});
