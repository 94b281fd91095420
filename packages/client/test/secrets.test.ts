import { inspect } from "node:util";
import { runInNewContext } from "node:vm";
import { expect, test } from "vitest";
import { DayZero, type DayZeroError, NotFoundError } from "../src/index.ts";
import { printed } from "./printed.ts";
import { answer, businessId, created, record, secret, startRawServer, token } from "./raw-server.ts";
import { skipWaits } from "./waits.ts";

test("nothing that can be printed of a client shows its credential", () => {
  const dayzero = new DayZero({ apiToken: token, businessId });
  expect(printed(dayzero)).not.toMatch(/eyJ/);
  expect(printed(dayzero.tokens)).not.toMatch(/eyJ/);
  expect(JSON.parse(JSON.stringify(dayzero))).toEqual({ baseUrl: "https://api.ondayzero.com", businessId, tokens: {} });
});

test.each([
  ["a stray newline", `${token}\n`],
  ["a space before it", ` ${token}`],
  ["quotes around it", `"${token}"`],
  ["the scheme before it", `Bearer ${token}`],
  ["a letter that no header takes", `${token}é`],
  ["no prefix", token.slice(3)],
  ["nothing", ""],
])("a credential with %s is refused before any request, and not shown", async (_, apiToken) => {
  const make = () => new DayZero({ apiToken, businessId });
  expect(make).toThrow('apiToken, or DAYZERO_API_TOKEN, has to be "dz_" and a JWT');
  await using server = await startRawServer(() => created);
  const error = await new DayZero({ ...server.options, apiToken: () => apiToken }).tokens
    .list()
    .catch((thrown) => thrown);
  expect(server.requests).toHaveLength(0);
  expect(error).toMatchObject({ code: "config", attempts: 0, outcome: "not_sent" });
  expect(printed(error)).not.toMatch(/eyJ/);
});

test("a credential that is asked for may be another at each attempt", async () => {
  skipWaits();
  let asked = 0;
  await using server = await startRawServer((_, __, n) =>
    n === 0 ? answer(429, "", { "retry-after": "0" }) : created,
  );
  await new DayZero({ ...server.options, apiToken: async () => `dz_${++asked}` }).tokens.create({ name: "ci" });
  expect(server.requests.map(({ headers: { authorization } }) => authorization)).toEqual([
    "Bearer dz_1",
    "Bearer dz_2",
  ]);
});

test("a credential that can't be had is an error with its reason, less the secrets in it", async () => {
  const apiToken = () => Promise.reject(new Error(`vault sealed, last was ${token}`));
  const error = await new DayZero({ apiToken, businessId }).tokens.list().catch((thrown) => thrown);
  expect(error).toMatchObject({
    code: "config",
    outcome: "not_sent",
    message: "apiToken failed",
    cause: { message: "Error: vault sealed, last was dz_***" },
  });
  expect(printed(error)).not.toMatch(/eyJ/);
});

test.each([
  ["JSON", answer(400, { detail: `bad ${secret}`, given: token })],
  ["text", answer(502, `upstream refused Authorization: Bearer ${token}`)],
  [
    "a 422",
    answer(422, { detail: [{ loc: ["header"], msg: `not ${token}`, type: "t", input: token, ctx: { x: secret } }] }),
  ],
])("an error masks the secrets in what the server says as %s", async (_, bytes) => {
  await using server = await startRawServer(() => bytes);
  const call = new DayZero(server.options).tokens.create({ name: "ci" });
  const error = await call.catch((thrown: DayZeroError) => thrown);
  expect(printed(error)).not.toMatch(/eyJ/);
  expect(printed(await call.result())).not.toMatch(/eyJ/);
  expect(String(error)).toContain("dz_***");
});

test.each([
  ["in its message", new TypeError(`bad header Bearer ${token}`)],
  ["in a property", Object.assign(new Error("x"), { config: { headers: { authorization: `Bearer ${token}` } } })],
  [
    "in a request that it holds",
    Object.assign(new Error("x"), { request: new Request("http://x", { headers: { a: token } }) }),
  ],
  ["in its own cause", new Error("x", { cause: new Error(`y ${token}`) })],
  ["in a symbol", Object.assign(new Error("x"), { [Symbol("request")]: { header: token } })],
  ["and is a text", `refused ${token}`],
])("a fetch that fails with the credential %s gives an error without it", async (_, reason) => {
  const fetch = () => Promise.reject(reason);
  const error = await new DayZero({ apiToken: token, businessId, fetch }).tokens
    .create({ name: "ci" })
    .catch((thrown) => thrown);
  expect(error).toMatchObject({ code: "connection", cause: expect.any(Error) });
  expect(printed(error)).not.toMatch(/eyJ/);
});

test("a cause without secrets is kept as it is", async () => {
  const reason = Object.assign(new TypeError("fetch failed"), {
    cause: Object.assign(new Error("x"), { code: "EPIPE" }),
  });
  const fetch = () => Promise.reject(reason);
  const error = await new DayZero({ apiToken: token, businessId, fetch }).tokens
    .create({ name: "ci" })
    .catch((thrown) => thrown);
  expect(error.cause).toBe(reason);
  expect(error.message).toContain("EPIPE");
});

test("a shape error shows nothing of the secret that came with it", async () => {
  await using server = await startRawServer(() => answer(201, { token: secret, token_info: { ...record, id: 1 } }));
  const error = await new DayZero(server.options).tokens.create({ name: "ci" }).catch((thrown) => thrown);
  expect(printed(error)).not.toMatch(/eyJ/);
});

test("hooks and logs see neither the credential nor the new secret", async () => {
  const seen: unknown[] = [];
  const see = (event: unknown) => void seen.push(event);
  await using server = await startRawServer(() =>
    answer(201, { token: secret, token_info: record }, { sunset: "soon" }),
  );
  const dayzero = new DayZero({ ...server.options, onRequest: see, onResponse: see, logger: { warn: see } });
  await dayzero.tokens.create(
    { name: "ci" },
    { headers: { "x-api-key": "hunter2", cookie: "hunter2", "x-note": `for ${token}` } },
  );
  expect(seen).toHaveLength(3);
  expect(printed(seen)).not.toMatch(/eyJ|hunter2/);
});

test("a malformed header is refused before any request, and its value not shown", async () => {
  await using server = await startRawServer(() => created);
  const headers = { "x-note": `${token}\nx` };
  const error = await new DayZero({ ...server.options, headers }).tokens
    .create({ name: "ci" })
    .catch((thrown) => thrown);
  expect(server.requests).toHaveLength(0);
  expect(error).toMatchObject({ code: "config", message: "header x-note can't be sent", attempts: 0 });
  expect(printed(error)).not.toMatch(/eyJ/);
});

const jwt = token.slice(3);
const otherJwt = secret.slice(3);
const hexOf = (text: string) => Buffer.from(text).toString("hex");
const base64Of = (text: string) => Buffer.from(text).toString("base64");
const escapeAll = (text: string, spell: (code: number) => string) =>
  [...text].map((letter) => spell(letter.charCodeAt(0))).join("");
const json = (code: number) => `\\u${code.toString(16).padStart(4, "0")}`;
const percent = (code: number) => `%${code.toString(16)}`;

test.each([
  ["as it is", token],
  ["without its prefix", jwt],
  ["as another's JWT without a prefix", otherJwt],
  ["as a JWT of two parts", "eyJhbGciOiJub25lIn0.eyJqdGkiOiJ4In0"],
  ["behind other letters", `x${token}`],
  ["with its underscore escaped for JSON", token.replace("_", "\\u005f")],
  ["with its dots escaped for JSON", token.replaceAll(".", "\\u002e")],
  ["escaped for JSON whole", escapeAll(token, json)],
  ["escaped for JavaScript", token.replace("_", "\\x5f")],
  ["escaped for URLs", escapeAll(token, percent)],
  ["escaped for URLs twice", token.replace("_", "%255F")],
  ["escaped for HTML", token.replace("_", "&#95;")],
  ["escaped for HTML in hex", escapeAll(token, (code) => `&#x${code.toString(16)};`)],
  ["in base64", base64Of(token)],
  ["in base64, one byte further", base64Of(`x${token}`)],
  ["in base64, two bytes further", base64Of(`xy${token}:`)],
  ["in base64, without its prefix", base64Of(jwt)],
  ["in hex", hexOf(token)],
  ["in capital hex", hexOf(jwt).toUpperCase()],
])("a secret %s is masked wherever the server says it", async (_, said) => {
  const traces = [jwt, otherJwt, "eyJ", jwt.slice(0, 20), said, base64Of(jwt).slice(8, 40), hexOf(jwt).slice(8, 60)];
  const bodies = [
    `{"detail":"no ${said}!"}`,
    `{"detail":"no ${said}!`,
    `<p>no ${said}</p>`,
    `{"${said}":1,"detail":"no"}`,
  ];
  for (const body of bodies) {
    const headers = { "x-request-id": said, "content-type": `text/plain; echo=${said}` };
    const statuses = [400, 422, 201];
    const fetch = async () => new Response(body, { status: statuses.shift() ?? 500, headers });
    const events: unknown[] = [];
    const see = (event: unknown) => void events.push(event);
    const dayzero = new DayZero({
      apiToken: token,
      businessId,
      fetch,
      onRequest: see,
      onResponse: see,
      onError: see,
      logger: { warn: see },
      logLevel: "debug",
    });
    for (let n = 0; n < 3; n++) {
      const call = dayzero.tokens.create({ name: "ci" });
      const error = await call.catch((thrown: DayZeroError) => thrown);
      const shown = printed([error, await call.result(), events]) + printed(error);
      for (const trace of traces) expect(shown).not.toContain(trace);
    }
  }
});

test("what is no secret is shown as the server says it", async () => {
  const detail = "100%25 of \\u0041 &#95; x.y-z_ dz_ eyJ is fine";
  await using server = await startRawServer(() => answer(400, { detail }, { "x-request-id": "%41", "x-other": "1" }));
  const result = await new DayZero(server.options).tokens.create({ name: "ci" }).result();
  expect(result).toMatchObject({ body: { detail }, requestId: "%41", error: { detail, requestId: "%41" } });
});

test("a credential that is given for an id or a cursor is not shown to hooks and logs", async () => {
  const seen: unknown[] = [];
  const see = (event: unknown) => void seen.push(event);
  await using server = await startRawServer(() => answer(404, { detail: "No" }));
  const hooks = { onRequest: see, onResponse: see, onError: see, logger: { warn: see }, logLevel: "debug" as const };
  const dayzero = new DayZero({ ...server.options, ...hooks });
  const results = [
    await dayzero.tokens.revoke(secret).result(),
    await dayzero.tokens.list({ cursor: secret }).result(),
  ];
  expect(server.requests[0]?.line).toContain(secret);
  expect(seen).toHaveLength(12);
  expect(printed([seen, results])).not.toMatch(/eyJ/);
  expect(seen).toContainEqual(expect.objectContaining({ url: `${server.baseUrl}/api/v1/tokens/dz_***/revoke` }));
});

test("the cookies of an answer are masked too", async () => {
  await using server = await startRawServer(() => answer(400, { detail: "No" }, { "set-cookie": `a=${token}` }));
  const result = await new DayZero(server.options).tokens.create({ name: "ci" }).result();
  expect(result.headers?.get("set-cookie")).toBe("a=dz_***");
});

test("of a credential that changes, the last ones are known in every encoding", async () => {
  const tokens = Array.from({ length: 3 }, (_, n) => `dz_opaque-credential-number-${n}`);
  const [first = "", second = "", third = ""] = tokens;
  const left = [...tokens];
  await using server = await startRawServer(() => answer(400, { detail: base64Of(first) + base64Of(second) }));
  const dayzero = new DayZero({ ...server.options, apiToken: () => left.shift() ?? third });
  await dayzero.tokens.list().result();
  await dayzero.tokens.list().result();
  const error = await dayzero.tokens.list().catch((thrown) => thrown);
  expect(error.detail).not.toContain(base64Of(first).slice(8, 24));
  expect(error.detail).not.toContain(base64Of(second).slice(8, 24));
});

class Telling extends Error {
  readonly #secret = token;
  [inspect.custom]() {
    return `Telling ${this.#secret}`;
  }
}
class Speaking extends Error {
  override get message() {
    return token;
  }
}

test.each([
  ["inspects itself", new Telling("x")],
  ["has a cause that inspects itself", new Error("x", { cause: new Telling("y") })],
  ["makes its message up", new Speaking()],
  ["holds a function", Object.assign(new Error("x"), { secret: () => token })],
  ["holds an object of a class", Object.assign(new Error("x"), { secret: new Map([["a", token]]) })],
  ["holds a secret deep down", Object.assign(new Error("x"), { a: { b: { c: { d: { e: { f: { g: [token] } } } } } } })],
  ["holds the credential in base64", new Error(base64Of(token))],
  ["is an error of another realm", runInNewContext(`new Error("x ${token}")`)],
])("a cause that %s is replaced by one that shows nothing", async (_, reason) => {
  const thrown = Object.assign(reason, { code: "EPIPE" });
  const fetch = () => Promise.reject(thrown);
  const error = await new DayZero({ apiToken: token, businessId, fetch }).tokens.create({ name: "ci" }).catch((e) => e);
  expect(error.cause).toBeInstanceOf(Error);
  expect(error.cause).not.toBe(reason);
  expect(error.message).toContain("got no answer: ");
  expect(printed(error)).not.toMatch(/eyJ|ZXlK/);
});

const circular = Object.assign(new Error("x"), { self: {} });
circular.self = circular;

test.each([
  ["leads back to itself", circular],
  ["is several", new AggregateError([new Error("a"), new Error("b")], "both")],
  [
    "comes from another realm",
    runInNewContext("Object.assign(new Error('x'), { code: 'EPIPE', data: { list: [1] } })"),
  ],
  ["is an abort of the platform", new DOMException("x", "AbortError")],
  ["holds an object without a prototype", Object.assign(new Error("x"), { data: Object.create(null) })],
  ["is an error of ours", new NotFoundError("x", { attempts: 1, outcome: "rejected", detail: "" })],
])("a cause without secrets that %s is kept as it is", async (_, reason) => {
  const fetch = () => Promise.reject(reason);
  const error = await new DayZero({ apiToken: token, businessId, fetch }).tokens.create({ name: "ci" }).catch((e) => e);
  expect(error.cause).toBe(reason);
});

test("a cause that is too large to look through is replaced", async () => {
  const reason = Object.assign(new Error("x"), { list: Array.from({ length: 2000 }, () => ({})) });
  const fetch = () => Promise.reject(reason);
  const error = await new DayZero({ apiToken: token, businessId, fetch }).tokens.create({ name: "ci" }).catch((e) => e);
  expect(error.cause).toMatchObject({ message: "Error: x" });
});

test("the prefix alone, or a credential too short to be one, masks nothing", async () => {
  await using server = await startRawServer(() => answer(400, { detail: "x marks the spot, dz_ is the prefix" }));
  const error = await new DayZero({ ...server.options, apiToken: "dz_x" }).tokens.list().catch((thrown) => thrown);
  expect(error.detail).toBe("x marks the spot, dz_ is the prefix");
});

test.each([
  "dz&#95;opaque",
  "dz&#095;opaque",
  "dz&#95opaque",
  "dz&#x5f;opaque",
  "dz&#x005F;opaque",
  "dz%5Fopaque",
  "dz%255fopaque",
  "dz\\u005fopaque",
  "dz\\x5Fopaque",
  "&#100;z_opaque",
])("%s is a secret that is escaped", async (said) => {
  const fetch = async () => new Response(`no ${said}`, { status: 400 });
  const error = await new DayZero({ apiToken: token, businessId, fetch }).tokens.list().catch((thrown) => thrown);
  expect(error.detail).toBe("no dz_***");
});

test("a JWT without its prefix leaves nothing but three stars", async () => {
  const fetch = async () => Response.json({ detail: `no ${otherJwt}, no ${jwt}` }, { status: 400 });
  const error = await new DayZero({ apiToken: token, businessId, fetch }).tokens.list().catch((thrown) => thrown);
  expect(error.detail).toBe("no ***, no ***");
});
