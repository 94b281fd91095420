import { once } from "node:events";
import { connect } from "node:net";
import { describe, expect, test } from "vitest";
import { type Double, startDouble } from "../src/index.ts";
import { wellKnown } from "../src/world/well-known.ts";
import { sendRaw } from "./raw-http.ts";

const authorized = `authorization: Bearer ${wellKnown.secret}\r\nx-business-id: ${wellKnown.businessId}\r\n`;
const head = (lines: string, contentType = "application/json") =>
  `POST /api/v1/tokens HTTP/1.1\r\nhost: localhost\r\n${authorized}content-type: ${contentType}\r\n${lines}\r\n\r\n`;
const closing = (length: number, contentType?: string) =>
  head(`connection: close\r\ncontent-length: ${length}`, contentType);

/** Creates a token from the bytes of a body. */
async function post({ url }: Double, body: Uint8Array, contentType?: string) {
  const answer = await sendRaw(url, Buffer.concat([Buffer.from(closing(body.length, contentType)), body]));
  return { status: answer.status, body: JSON.parse(answer.body.toString()) };
}

const json = '{"name":"clé 🔑"}';
const utf16be = (text: string) => Buffer.from(text, "utf16le").swap16();
const utf32le = (text: string) =>
  Buffer.concat([...text].map((character) => Buffer.from(Uint32Array.of(character.codePointAt(0) ?? 0).buffer)));

describe("a body is read in", () => {
  test.each<[string, Buffer]>([
    ["UTF-8", Buffer.from(json)],
    ["UTF-8 with a byte order mark", Buffer.from(`\ufeff${json}`)],
    ["UTF-16, little endian", Buffer.from(json, "utf16le")],
    ["UTF-16, little endian, with a byte order mark", Buffer.from(`\ufeff${json}`, "utf16le")],
    ["UTF-16, big endian", utf16be(json)],
    ["UTF-16, big endian, with a byte order mark", utf16be(`\ufeff${json}`)],
    ["UTF-32, little endian", utf32le(json)],
    ["UTF-32, little endian, with a byte order mark", utf32le(`\ufeff${json}`)],
    ["UTF-32, big endian", utf32le(json).swap32()],
    ["UTF-32, big endian, with a byte order mark", utf32le(`\ufeff${json}`).swap32()],
  ])("%s", async (_, body) => {
    await using double = await startDouble();

    expect(await post(double, body)).toMatchObject({ status: 201, body: { token_info: { name: "clé 🔑" } } });
  });
});

test.each<[string, Buffer]>([
  ["no UTF-8", Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x7d])],
  ["UTF-8 cut short", Buffer.from('{"name":"🔑').subarray(0, -1)],
  ["an integer of 4301 digits", Buffer.from(`{"expires_in_days":${"9".repeat(4_301)}}`)],
  ["nested 20000 levels deep", Buffer.from("[".repeat(20_000))],
])("a body that is %s answers 400", async (_, body) => {
  await using double = await startDouble();

  expect(await post(double, body)).toEqual({
    status: 400,
    body: { detail: "There was an error parsing the body" },
  });
});

test.each([["application/json"], ["Application/JSON; charset=latin-1"], ["application/vnd.api+json"]])(
  "a body of type %s is JSON",
  async (contentType) => {
    await using double = await startDouble();

    expect(await post(double, Buffer.from(json), contentType)).toMatchObject({ status: 201 });
  },
);

test.each([["text/plain"], ["text/json"], ["application/x-www-form-urlencoded"], ["multipart/form-data; boundary=x"]])(
  "a body of type %s is a string, and no object",
  async (contentType) => {
    await using double = await startDouble();

    expect(await post(double, Buffer.from(json), contentType)).toEqual({
      status: 422,
      body: {
        detail: [
          {
            type: "model_attributes_type",
            loc: ["body"],
            msg: "Input should be a valid dictionary or object to extract fields from",
            input: json,
          },
        ],
      },
    });
  },
);

test("a key that is an escaped digit used to move to the front of an echoed object, and stays where it is", async () => {
  await using double = await startDouble();
  const body = Buffer.from('{"b":"b","\\u0031":"one","a":"a"}');

  const answer = await sendRaw(double.url, Buffer.concat([Buffer.from(closing(body.length)), body]));

  expect(answer.status).toBe(422);
  expect(answer.body.toString()).toBe(
    '{"detail":[{"type":"missing","loc":["body","name"],"msg":"Field required","input":{"b":"b","1":"one","a":"a"}}]}',
  );
});

test("a body of exactly 8 MiB is read", async () => {
  await using double = await startDouble();
  const body = Buffer.from('{"name":"big"}'.padEnd(8 * 1024 * 1024));

  expect(await post(double, body)).toMatchObject({ status: 201 });
});

test.each([
  ["with its length", true],
  ["in chunks, without one", false],
])("a body over 8 MiB that comes %s answers 413, and the double lives on", async (_, hasLength) => {
  await using double = await startDouble();
  const body = Buffer.from('{"name":"big"}'.padEnd(8 * 1024 * 1024 + 1));
  const chunked = Buffer.concat([
    Buffer.from(`${head("connection: close\r\ntransfer-encoding: chunked")}${body.length.toString(16)}\r\n`),
    body,
    Buffer.from("\r\n0\r\n\r\n"),
  ]);

  const answer = hasLength
    ? await post(double, body)
    : await sendRaw(double.url, chunked).then(({ status, body }) => ({ status, body: JSON.parse(body.toString()) }));

  expect(answer).toEqual({ status: 413, body: { detail: "Request body too large" } });
  expect(await post(double, Buffer.from(json))).toMatchObject({ status: 201 });
});

test("a body in chunks that cut characters in two is read whole", async () => {
  await using double = await startDouble();
  const bytes = Buffer.from(json);
  const chunks = [...bytes].map((byte) =>
    Buffer.concat([Buffer.from("1\r\n"), Buffer.from([byte]), Buffer.from("\r\n")]),
  );
  const request = [
    Buffer.from(head("connection: close\r\ntransfer-encoding: chunked")),
    ...chunks,
    Buffer.from("0\r\n\r\n"),
  ];

  const answer = await sendRaw(double.url, Buffer.concat(request));

  expect(answer.status).toBe(201);
  expect(JSON.parse(answer.body.toString()).token_info.name).toBe("clé 🔑");
});

describe("a length that lies", () => {
  test("and is too short leaves a text cut off, which answers 422", async () => {
    await using double = await startDouble();

    const answer = await sendRaw(double.url, Buffer.from(`${closing(5)}${json}`));

    expect(answer.status).toBe(422);
    expect(JSON.parse(answer.body.toString()).detail[0]).toMatchObject({ type: "json_invalid", loc: ["body", 1] });
    expect(await post(double, Buffer.from(json))).toMatchObject({ status: 201 });
  });

  test.each(["-1", "five", "5,6", "99999999999999999999999"])(
    "and is no length, as %s, answers 400",
    async (length) => {
      await using double = await startDouble();

      const answer = await sendRaw(
        double.url,
        Buffer.from(`${head(`connection: close\r\ncontent-length: ${length}`)}${json}`),
      );

      expect({ status: answer.status, text: answer.body.toString() }).toEqual({
        status: 400,
        text: "Invalid HTTP request received.",
      });
      expect(await post(double, Buffer.from(json))).toMatchObject({ status: 201 });
    },
  );
});

test("a body that used to keep its connection open for ever, for a broken chunk, answers 400", async () => {
  await using double = await startDouble();
  const request = `${head("transfer-encoding: chunked")}5\r\n{"nam\r\nnonsense\r\n`;

  const answer = await sendRaw(double.url, Buffer.from(request));

  expect({ status: answer.status, text: answer.body.toString() }).toEqual({
    status: 400,
    text: "Invalid HTTP request received.",
  });
});

test.each([
  ["in the middle of its headers", head("content-length: 100").slice(0, 80)],
  ["in the middle of its body", `${head("content-length: 100")}{"name":`],
  ["in the middle of a chunk", `${head("transfer-encoding: chunked")}ff\r\n{"name":`],
])(
  "a client that leaves %s is let go: nothing is stored or reported, and closing does not wait for it",
  async (_, bytes) => {
    const reported: unknown[] = [];
    const double = await startDouble({ report: (...what) => reported.push(what) });
    const socket = connect(double.port, "127.0.0.1");
    await new Promise<void>((resolve) => socket.write(bytes, () => resolve()));
    // An answer to somebody else says that the double has read what came before.
    await post(double, Buffer.from(json));

    socket.destroy();
    await once(socket, "close");

    expect(await post(double, Buffer.from(json))).toMatchObject({ status: 201 });
    expect((await double.snapshot()).tokens).toHaveLength(3);
    await double.close();
    expect(reported).toEqual([]);
  },
);
