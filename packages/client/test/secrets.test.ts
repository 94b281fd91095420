import { inspect } from "node:util";
import { expect, test } from "vitest";
import { DayZero, type DayZeroError } from "../src/index.ts";
import { answer, businessId, created, record, secret, startRawServer, token } from "./raw-server.ts";
import { skipWaits } from "./waits.ts";

/** Everything that a program could print of a value. */
const printed = (value: unknown): string => {
  const { stack, message, cause } = Object(value);
  return [
    inspect(value, { depth: Number.POSITIVE_INFINITY, showHidden: true, getters: true }),
    JSON.stringify(value),
    String(value),
    `${stack} ${message} ${String(cause)} ${JSON.stringify(cause)}`,
  ].join("\n");
};

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
  expect(error).toMatchObject({ code: "config", message: "header x-note is malformed", attempts: 0 });
  expect(printed(error)).not.toMatch(/eyJ/);
});
