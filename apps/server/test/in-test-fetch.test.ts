import { APITokenCreateResponse } from "@dayzero-tokens/contract";
import { expect, test } from "vitest";
import { type Double, startDouble } from "../src/index.ts";
import { callsOf, headersOf, wellKnownCaller } from "./calls.ts";
import { readEvents } from "./read-events.ts";

const headers = headersOf(wellKnownCaller);
const tokensOf = ({ url }: Double) => `${url}/api/v1/tokens`;

// These say how the bytes travel; all others are part of an answer.
const ofTheConnection = ["connection", "date", "keep-alive"];

/** All of a response that a program can see. */
const seen = async (response: Response) => ({
  status: response.status,
  statusText: response.statusText,
  ok: response.ok,
  url: response.url,
  redirected: response.redirected,
  headers: [...response.headers].filter(([name]) => !ofTheConnection.includes(name)),
  text: await response.text(),
});

const requests: [string, string, RequestInit][] = [
  ["a list", "/api/v1/tokens?limit=1#part", { headers }],
  ["a refused create", "/api/v1/tokens", { method: "POST", headers, body: '{"name": ""}' }],
  ["a create with broken JSON", "/api/v1/tokens", { method: "post", headers, body: "{" }],
  ["a create without a body", "/api/v1/tokens", { method: "POST", headers }],
  ["a create of no declared type", "/api/v1/tokens", { method: "POST", headers: {}, body: '{"name": "ci"}' }],
  ["a request without credentials", "/api/v1/tokens", {}],
  ["a wrong method", "/api/v1/tokens", { method: "DELETE", headers }],
  ["a method in lower case", "/api/v1/tokens", { method: "delete", headers }],
  ["a HEAD", "/api/v1/tokens", { method: "HEAD", headers }],
  ["a HEAD of the control plane", "/_double/health", { method: "HEAD" }],
  ["a path that is not there", "/nowhere", {}],
  ["a control route", "/_double/clock", {}],
  ["a trailing slash", "/api/v1/tokens/?limit=1", { headers }],
  ["a trailing slash, not followed", "/api/v1/tokens/?limit=1", { headers, redirect: "manual" }],
];

// What used to be: in process a response had no url.
test.each(requests)("%s is answered in process as it is over a socket", async (_, path, init) => {
  await using double = await startDouble();
  double.clock.freeze("2030-01-01T00:00:00Z");

  const inProcess = await seen(await double.fetch(`${double.url}${path}`, init));

  expect(inProcess).toEqual(await seen(await fetch(`${double.url}${path}`, init)));
});

// What used to be: in process the answer with 205 never came.
test.each([204, 205, 304])("a status of %i has no body, in process as over a socket", async (status) => {
  await using double = await startDouble();
  double.faults.add({ effect: { status, body: { detail: "not for reading" } } });
  for (const send of [fetch, double.fetch]) {
    const response = await send(tokensOf(double), { headers });
    expect({ status: response.status, text: await response.text(), body: response.body }).toEqual({
      status,
      text: "",
      body: null,
    });
  }
});

test("headers arrive, whatever they are given as", async () => {
  await using double = await startDouble();
  const given = { ...headers, "X-Team": "billing" };
  for (const each of [given, new Headers(given), Object.entries(given)]) {
    await double.fetch(tokensOf(double), { headers: each });
    expect(double.journal.entries().at(-1)).toMatchObject({
      status: 200,
      request: { headers: { "x-team": "billing" } },
    });
  }
});

// What used to be: in process they were sent.
test.each<[string, Readonly<Record<string, string>>]>([
  ["a line break in the value", { "x-team": "a\nb" }],
  ["a value beyond Latin-1", { "x-team": "€" }],
  ["a space in the name", { "x team": "a" }],
  ["no name", { "": "a" }],
])("a header with %s is refused and not sent, in process as over a socket", async (_, bad) => {
  await using double = await startDouble();
  for (const send of [fetch, double.fetch]) {
    await expect(send(tokensOf(double), { headers: { ...headers, ...bad } })).rejects.toThrow(TypeError);
  }
  expect(double.journal.entries()).toEqual([]);
});

test("a header's value arrives without the spaces around it, in process as over a socket", async () => {
  await using double = await startDouble();
  for (const send of [fetch, double.fetch]) {
    await send(tokensOf(double), { headers: { ...headers, "x-team": "  é b\t", "x-none": "" } });
    expect(double.journal.entries().at(-1)).toMatchObject({
      status: 200,
      request: { headers: { "x-team": "é b", "x-none": "" } },
    });
  }
});

const json = '{"name": "naïve"}';
const bodies: [string, () => NonNullable<RequestInit["body"]>][] = [
  ["a string", () => json],
  ["bytes", () => new TextEncoder().encode(json)],
  ["a buffer", () => Buffer.from(json)],
  ["an array buffer", () => new TextEncoder().encode(json).buffer],
  ["a blob", () => new Blob([json])],
  ["a stream", () => new Blob([json]).stream()],
];

test.each(bodies)("a body can be %s", async (_, body) => {
  await using double = await startDouble();

  const response = await double.fetch(tokensOf(double), { method: "POST", headers, body: body(), duplex: "half" });

  expect(APITokenCreateResponse.parse(await response.json()).token_info.name).toBe("naïve");
});

test("a Request is taken as it is, and what stands beside it wins", async () => {
  await using double = await startDouble();
  const request = new Request(tokensOf(double), { method: "POST", headers, body: '{"name": "from a Request"}' });

  expect((await double.fetch(request.clone())).status).toBe(201);
  expect((await double.fetch(request, { body: '{"name": "from beside it"}' })).status).toBe(201);
  expect((await double.fetch(new URL(tokensOf(double)), { headers })).status).toBe(200);

  const names = (await callsOf(double, wellKnownCaller).listed()).map(({ name }) => name);
  expect(names).toEqual(["from beside it", "from a Request", "well-known"]);
});

// What used to be: the body was sent.
test.each(["GET", "get", "HEAD"])("a %s with a body is refused and not sent", async (method) => {
  await using double = await startDouble();
  const request = double.fetch(tokensOf(double), { method, headers, body: "{}" });
  await expect(request).rejects.toThrow(new TypeError("Request with GET/HEAD method cannot have body."));
  expect(double.journal.entries()).toEqual([]);
});

test("an answer that goes on is read as it comes, and no longer once the reader has left", async () => {
  await using double = await startDouble();
  const { create } = callsOf(double, wellKnownCaller);
  const response = await double.fetch(`${double.url}/_double/journal/stream`);
  const reader = (response.body ?? new ReadableStream()).getReader();
  const nextText = async () => Buffer.from((await reader.read()).value).toString();
  expect(response.headers.get("content-type")).toBe("text/event-stream");
  expect(await nextText()).toBe(": listening\n\n");

  await create();
  expect(await nextText()).toMatch(/^id: 1\ndata: \{.*"operation":"createToken".*\}\n\n$/);

  await reader.cancel();
  await create();
  expect(await reader.read()).toEqual({ done: true, value: undefined });
  expect(double.journal.entries()).toHaveLength(2);
});

test("an answer that goes on ends when the double stops", async () => {
  const double = await startDouble();
  await using events = await readEvents(`${double.url}/_double/journal/stream`, { fetch: double.fetch });

  await double.close();

  expect(await events.ended()).toBe(true);
});

test("no port is needed: whatever host the URL names, it is this double that answers", async () => {
  await using double = await startDouble();
  const response = await double.fetch("https://api.ondayzero.com/api/v1/tokens", { headers });
  expect(response.status).toBe(200);
  expect(response.url).toBe("https://api.ondayzero.com/api/v1/tokens");
  expect(double.journal.entries()).toHaveLength(1);
});
