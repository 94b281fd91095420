import { APITokenCreate, ListTokensQuery } from "@dayzero-tokens/contract";
import { ClockAdvance, ClockSetting } from "@dayzero-tokens/contract/control";
import {
  bearerOf,
  createRouteMatcher,
  decodeJsonBytes,
  isJson,
  parseQuery,
  parseUuid,
  percentDecode,
  readJson,
  writeJson,
} from "@dayzero-tokens/fastapi";
import { describe, expect, test } from "vitest";
import { isUsableHost } from "../src/exchange/redirect-location.ts";
import { startDouble, wellKnown } from "../src/index.ts";
import { parseDuration } from "../src/steering/duration.ts";
import { decodeCursor } from "../src/tokens/cursor.ts";
import { createSigningKey, judgeSecret } from "../src/tokens/secret.ts";
import { growthOf } from "./growth.ts";
import { sendRaw } from "./raw-http.ts";

/** Texts of a reader, each a start, what is repeated between, and an end. */
type Worst = readonly (readonly [start: string, repeated: string, end: string])[];

const textOf =
  ([start, repeated, end]: Worst[number]) =>
  (length: number) =>
    start + repeated.repeat(length / repeated.length) + end;

const match = createRouteMatcher([
  { method: "POST", path: "/api/v1/tokens" },
  { method: "POST", path: "/api/v1/tokens/:token_id/revoke" },
]);
const key = createSigningKey();
const sort = { by: "created_at", descending: true } as const;

const readers: readonly [name: string, read: (text: string) => unknown, worst: Worst][] = [
  [
    "a body of JSON",
    attempting(readJson),
    [
      ["", " ", ""],
      ["[", "[],", "1]"],
      ["[", "-0,", "1"],
      ["[1", "0", "]"],
      ["[1.", "0", "x]"],
      ["[1e", "1", "e]"],
      ['["', "a", ""],
      ['["', "\\n", '"]'],
      ['["', "\\u0031", "]"],
      ['["', "\\ud800", '"]'],
      ['["1"', " ", "]"],
      ["[", '"1" ,', "]"],
      ['["', "\\", '"]'],
      ["[", "🔑", "]"],
      ["[", '{"a":1},', "1]"],
      ["[", '{"1":1},', "1]"],
    ],
  ],
  [
    "a number of days",
    (text) => APITokenCreate.safeParse({ name: "ci", expires_in_days: text }),
    [
      ["1", " ", "1"],
      ["1", "\u3000\u0085", "1"],
      ["1 ", "+", "1"],
      [" ", " ", ""],
      ["0", "_", "x"],
      ["0", "0", "x"],
      ["0", "_0", "x"],
      ["1", "_1", "x"],
      ["1", "_", "1"],
      ["-1_", "1", "x"],
      ["0.", "0", "x"],
      ["0-_1", "_1", "x"],
    ],
  ],
  ["a name", (name) => APITokenCreate.safeParse({ name }), [["", "🔑", ""]]],
  ["a flag", (text) => ListTokensQuery.safeParse({ descending: text }), [["", "TRUE", ""]]],
  [
    "a query",
    parseQuery,
    [
      ["limit=1", "+", "1"],
      ["", "&", ""],
      ["", "=", ""],
      ["", "a=1&", ""],
      ["", "%", ""],
      ["", "%41", "%"],
      ["", "%ff&", ""],
    ],
  ],
  [
    "a path's encoding",
    percentDecode,
    [
      ["/", "%", ""],
      ["/", "%4", ""],
      ["/", "%ff", ""],
      ["/", "%41%4", ""],
    ],
  ],
  [
    "a path",
    (path) => match("GET", path),
    [
      ["/api/v1/tokens", "/", "x/"],
      ["/", "/x", "/"],
      ["/api/v1/tokens/", "x", "/revoke/x"],
      ["/api/v1/tokens", "%2F", "x/"],
      ["/api/v1/tokens", "\n", "/"],
    ],
  ],
  [
    "a business id",
    parseUuid,
    [
      ["a", "{", "b"],
      ["{", "}", "b"],
      ["", "{a", ""],
      ["", "-", "a"],
      ["", "urn:uuid:", ""],
      ["", " ", "a"],
    ],
  ],
  [
    "credentials",
    bearerOf,
    [
      ["Bearer ", " ", "x"],
      ["Bearer x", " ", "x"],
      ["", "Bearer", ""],
    ],
  ],
  [
    "a secret",
    (text) => judgeSecret(text, key),
    [
      ["dz_", "a", ""],
      ["dz_", "a.", ""],
      ["dz_a.", "a", ".b.c"],
      ["", "dz_", ""],
    ],
  ],
  [
    "a content type",
    isJson,
    [
      ["application/", "/", "json"],
      ["application/x", " ", "+json"],
      ["", ";", ""],
      ["", "+json", ""],
    ],
  ],
  [
    "a Host",
    isUsableHost,
    [
      ["", "a", "/"],
      ["", "a:", ""],
      ["[", ":", "]"],
      ["[v", "1", "]"],
      ["[v1.", ":", "/"],
      ["x:", "1", "/"],
      ["x:", "0", "1"],
    ],
  ],
  [
    "a cursor",
    (cursor) => decodeCursor(cursor, sort),
    [
      ["", "a", ""],
      [Buffer.from("[").toString("base64url"), "W1tb", ""],
      ["", "%", ""],
    ],
  ],
  [
    "a length of time",
    attempting(parseDuration),
    [
      ["P", "1", "x"],
      ["PT", "1", "x"],
      ["PT1.", "1", "x"],
      ["PT", ".", "x"],
    ],
  ],
  [
    "a clock's setting",
    (text) => [ClockSetting.safeParse({ freeze: text }), ClockAdvance.safeParse({ duration: text })],
    [
      ["P", "1", "x"],
      ["PT1.", "1", "x"],
      ["2026-01-01T00:00:00.", "0", "x"],
    ],
  ],
];

describe.each(readers)("%s takes as long as it is long", (_, read, worst) => {
  test.each(worst)("%j, %j again and again, %j", { timeout: 60_000 }, async (...parts) => {
    expect(await growthOf(read, textOf(parts))).toBeUndefined();
  });
});

describe("bytes take as long to be decoded as they are long", () => {
  test.each([
    ["both halves of pairs, UTF-8", "5b", "eda0bdedb880", ""],
    ["second halves, UTF-8", "5b", "edb880", ""],
    ["characters that begin like halves, UTF-8", "5b", "ed8080", "eda080"],
    ["half a half, UTF-8", "5b", "ed", ""],
    ["halves and letters, UTF-8", "5b", "eda08061", ""],
    ["both halves of pairs, UTF-32", "0000005b", "0000d83d0000de00", ""],
    ["second halves, UTF-32", "5b000000", "00de0000", ""],
    ["characters beyond 16 bits, UTF-32", "0000005b", "0001f511", ""],
    ["both halves of pairs, UTF-16", "005b", "d83dde00", ""],
  ])("%s", { timeout: 60_000 }, async (_, start, repeated, end) => {
    const bytesOf = (length: number) => Buffer.from(textOf([start, repeated, end])(2 * length), "hex");

    expect(await growthOf(attempting(decodeJsonBytes), bytesOf)).toBeUndefined();
  });
});

test.each([
  ["rise", (at: number) => at],
  ["fall", (at: number) => 1_000_000 - at],
  ["are far apart", (at: number) => at * 4_001],
  ["are no numbers", (at: number) => `k${at}`],
  ["are one and the same", () => 1],
])("an object takes as long as it is long where its keys %s", { timeout: 60_000 }, async (_, keyOf) => {
  const objectOf = (length: number) =>
    `{${Array.from({ length: length / 10 }, (_, at) => `"${keyOf(at)}":${at}`).join(",")}}`;

  expect(await growthOf((text) => writeJson(readJson(text)), objectOf, 300_000)).toBeUndefined();
});

test.each<[string, (length: number) => Buffer]>([
  ["halves of surrogate pairs", (length) => Buffer.from("eda0bdedb880".repeat(length / 6), "hex")],
  ["a number with blanks inside", (length) => daysOf(`1${" ".repeat(length)}1`)],
  ["a number with underscores", (length) => daysOf(`1${"_1".repeat(length / 2)}`)],
])("a body of %s is answered in a time that grows as it does", { timeout: 60_000 }, async (_, bodyOf) => {
  await using double = await startDouble();
  const head = (length: number) =>
    `POST /api/v1/tokens HTTP/1.1\r\nhost: localhost\r\nauthorization: Bearer ${wellKnown.secret}\r\nx-business-id: ${wellKnown.businessId}\r\n` +
    `content-type: application/json\r\nconnection: close\r\ncontent-length: ${length}\r\n\r\n`;
  const send = (body: Buffer) => sendRaw(double.url, Buffer.concat([Buffer.from(head(body.length)), body]));

  expect(await growthOf(send, bodyOf)).toBeUndefined();
});

test.each<[string, (length: number) => string]>([
  ["path has slashes inside", (length) => `GET /api/v1/tokens${"/".repeat(length)}x/ HTTP/1.1\r\n`],
  ["query has blanks inside", (length) => `GET /api/v1/tokens?limit=1${"+".repeat(length)}1 HTTP/1.1\r\n`],
  ["Host has colons", (length) => `GET /api/v1/tokens/ HTTP/1.1\r\nhost: [${":".repeat(length)}/\r\n`],
  [
    "business id has braces inside",
    (length) => `GET /api/v1/tokens HTTP/1.1\r\nx-business-id: a${"{".repeat(length)}b\r\n`,
  ],
])("a request whose %s is answered in a time that grows as it does", { timeout: 60_000 }, async (_, headOf) => {
  await using double = await startDouble();
  const send = (head: string) =>
    sendRaw(double.url, Buffer.from(`${head}authorization: Bearer ${wellKnown.secret}\r\nconnection: close\r\n\r\n`));

  expect(await growthOf(send, headOf, 60_000)).toBeUndefined();
});

const daysOf = (days: string) => Buffer.from(JSON.stringify({ name: "ci", expires_in_days: days }));

/** What a reader throws is an answer like any other here. */
function attempting<T>(read: (input: T) => unknown): (input: T) => unknown {
  return (input) => {
    try {
      return read(input);
    } catch (error) {
      return error;
    }
  };
}
