import { expect, test } from "vitest";
import { DayZero, ResponseFormatError } from "../src/index.ts";
import { printed } from "./printed.ts";
import { answer, businessId, record, secret, startRawServer, token } from "./raw-server.ts";

const created = JSON.stringify({ token: secret, token_info: record });

test.each([
  ["a body that is cut off", created.slice(0, 60)],
  ["a shape that is not the route's", JSON.stringify({ token: secret, token_info: { ...record, id: 1 } })],
  ["an envelope that says that it failed", JSON.stringify({ success: false, data: { token: secret } })],
  ["escapes", JSON.stringify({ secret }).replace("_", "\\u005f")],
  ["a page of HTML", `<html>${secret}</html>`],
])("a create that is answered with %s hands its text to whoever asks, and shows it nowhere", async (_, text) => {
  await using server = await startRawServer(() => answer(201, text));
  const call = new DayZero(server.options).tokens.create({ name: "ci" });
  const error = await call.catch((thrown) => thrown);
  expect(error).toBeInstanceOf(ResponseFormatError);
  expect(error).toMatchObject({ status: 201, attempts: 1, outcome: "unknown" });
  expect(error.revealResponseText()).toBe(text);
  expect(printed(error)).not.toMatch(/eyJ/);
  expect(printed(structuredClone(error))).not.toMatch(/eyJ/);
  expect(printed(await call.result())).not.toMatch(/eyJ/);
  expect(Object.entries(error).flat().map(String).join()).not.toMatch(/eyJ/);
});

const reject = () => Promise.reject(new Error("not mine"));

test.each([
  ["refuses", { responseValidation: reject }, "responseValidation refused it", { cause: new Error("not mine") }],
  ["never ends", { responseValidation: () => new Promise(() => {}), timeout: 30 }, "responseValidation refused it", {}],
])("a success that an asynchronous check %s is an error that has its text", async (_, options, said, more) => {
  const fetch = async () => new Response(created, { status: 201 });
  const error = await new DayZero({ apiToken: token, businessId, fetch, ...options }).tokens
    .create({ name: "ci" })
    .catch((thrown) => thrown);
  expect(error).toMatchObject({ code: "response_format", attempts: 1, outcome: "unknown", ...more });
  expect(error.message).toContain(said);
  expect(error.revealResponseText()).toBe(created);
});

test("a signal that aborts while a success is being checked does not lose the success", async () => {
  const controller = new AbortController();
  const responseValidation = () => {
    controller.abort("enough");
    return new Promise(() => {});
  };
  const fetch = async () => new Response(created, { status: 201 });
  const error = await new DayZero({ apiToken: token, businessId, fetch, responseValidation }).tokens
    .create({ name: "ci" }, { signal: controller.signal })
    .catch((thrown) => thrown);
  expect(error).toMatchObject({ code: "response_format", cause: "enough" });
  expect(error.revealResponseText()).toBe(created);
});

test("an asynchronous check that is content lets the success through", async () => {
  const fetch = async () => new Response(created, { status: 201 });
  const responseValidation = async () => "whatever";
  const dayzero = new DayZero({ apiToken: token, businessId, fetch, responseValidation });
  expect(await dayzero.tokens.create({ name: "ci" })).toEqual(JSON.parse(created));
});

test("the reason of a check is shown without the secrets in it", async () => {
  const fetch = async () => new Response(created, { status: 201 });
  const responseValidation = (_: string, data: unknown) => {
    throw new Error(`bad ${JSON.stringify(data)}`);
  };
  const error = await new DayZero({ apiToken: token, businessId, fetch, responseValidation }).tokens
    .create({ name: "ci" })
    .catch((thrown) => thrown);
  expect(error.cause).toBeInstanceOf(Error);
  expect(printed(error)).not.toMatch(/eyJ/);
});

const mebibyte = 1024 * 1024;
const stream = (start: string, mebibytes: number) => {
  let left = mebibytes;
  let cancelled = false;
  const body = new ReadableStream<Uint8Array>({
    start: (controller) => controller.enqueue(new TextEncoder().encode(start)),
    pull(controller) {
      if (left-- > 0) controller.enqueue(new Uint8Array(mebibyte).fill(32));
      else controller.close();
    },
    cancel() {
      cancelled = true;
    },
  });
  return { body, isCancelled: () => cancelled, isReadToItsEnd: () => left < 0 };
};

test("a body of 8 MiB is read, a larger one is refused, and no more of it is read than that", async () => {
  const fits = stream("", 8);
  const grows = stream(created, 1000);
  const responses = [fits, grows].map(({ body }) => new Response(body, { status: 201 }));
  const fetch = async () => responses.shift() ?? Response.error();
  const dayzero = new DayZero({ apiToken: token, businessId, fetch });
  const first = await dayzero.tokens.create({ name: "ci" }).catch((thrown) => thrown);
  const second = await dayzero.tokens.create({ name: "ci" }).catch((thrown) => thrown);
  expect(first.message).toContain("it is not JSON");
  expect(second).toMatchObject({ code: "response_format", status: 201, outcome: "unknown" });
  expect(second.message).toContain("it is larger than 8388608 bytes");
  expect(second.revealResponseText().trim()).toBe(created);
  expect([fits.isReadToItsEnd(), fits.isCancelled(), grows.isCancelled()]).toEqual([true, false, true]);
});

test("a refusal that never ends is a refusal", async () => {
  const fetch = async () => new Response(stream("No", 1000).body, { status: 400 });
  const error = await new DayZero({ apiToken: token, businessId, fetch }).tokens.list().catch((thrown) => thrown);
  expect(error).toMatchObject({ code: "bad_request", detail: expect.stringMatching(/^No/) });
});

test("what stands for a response may have no stream", async () => {
  const { status, ok, headers } = new Response("", { status: 201 });
  const like = (text: string) => ({ status, ok, headers, body: null, text: async () => text }) as Response;
  const fetch = async () => like(created);
  const dayzero = new DayZero({ apiToken: token, businessId, fetch });
  expect(await dayzero.tokens.create({ name: "ci" })).toEqual(JSON.parse(created));
});

test("letters that are split between two chunks, and a byte order mark, are read right", async () => {
  const bytes = new TextEncoder().encode(
    `\ufeff${JSON.stringify({ token: secret, token_info: { ...record, name: "é" } })}`,
  );
  const fetch = async () => {
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        for (const byte of bytes) controller.enqueue(new Uint8Array([byte]));
        controller.close();
      },
    });
    return new Response(body, { status: 201 });
  };
  const { token_info } = await new DayZero({ apiToken: token, businessId, fetch }).tokens.create({ name: "ci" });
  expect(token_info.name).toBe("é");
});

const head = "HTTP/1.1 201 Created\r\ncontent-type: application/json\r\ncontent-length: 5000\r\n\r\n";

test.each([
  ["cut off", "connection", {}],
  ["never ended", "timeout", { timeout: 200 }],
] as const)("a create whose answer is %s hands what came of it to whoever asks", async (how, code, options) => {
  await using server = await startRawServer((socket) => {
    socket.write(head + created, () => {
      if (how === "cut off") socket.destroySoon();
    });
  });
  const error = await new DayZero({ ...server.options, ...options }).tokens.create({ name: "ci" }).catch((e) => e);
  expect(error).toMatchObject({ code, attempts: 1, outcome: "unknown" });
  expect(error.revealResponseText()).toBe(created);
  expect(printed(error)).not.toMatch(/eyJ/);
});

test("a create that is aborted in the middle of its answer hands out what came of it", async () => {
  const controller = new AbortController();
  const body = new ReadableStream<Uint8Array>({
    start: (stream) => stream.enqueue(new TextEncoder().encode(created)),
    pull: () => controller.abort("enough"),
  });
  const fetch = async () => new Response(body, { status: 201 });
  const call = new DayZero({ apiToken: token, businessId, fetch }).tokens.create({ name: "ci" }, controller);
  const error = await call.catch((thrown) => thrown);
  expect(error).toMatchObject({ code: "aborted", outcome: "unknown", cause: "enough" });
  expect(error.revealResponseText()).toBe(created);
});

test("a refusal that is cut off has no text to hand out", async () => {
  await using server = await startRawServer((socket) => {
    socket.write(head.replace("201 Created", "400 X") + created, () => socket.destroySoon());
  });
  const error = await new DayZero(server.options).tokens.create({ name: "ci" }).catch((thrown) => thrown);
  expect(error.revealResponseText()).toBe("");
});
