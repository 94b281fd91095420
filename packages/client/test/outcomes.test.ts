import { createServer } from "node:https";
import { createServer as createTcpServer } from "node:net";
import { expect, test, vi } from "vitest";
import { DayZero, type DayZeroOptions, type ErrorCode } from "../src/index.ts";
import { answer, businessId, record, secret, startRawServer, token } from "./raw-server.ts";
import { selfSigned } from "./self-signed.ts";
import { skipWaits } from "./waits.ts";

const call = {
  create: (dayzero: DayZero) => dayzero.tokens.create({ name: "ci" }),
  revoke: (dayzero: DayZero) => dayzero.tokens.revoke("id"),
  list: (dayzero: DayZero) => dayzero.tokens.list(),
};

const success = {
  create: { token: secret, token_info: record },
  revoke: { id: record.id, jti: record.jti, revoked_at: "2026-01-02T03:04:05Z" },
  list: { items: [record], has_next: false, has_prev: false },
};

const statuses = [
  300, 301, 302, 303, 304, 307, 308, 400, 401, 403, 404, 405, 408, 409, 410, 413, 415, 418, 421, 422, 423, 425, 428,
  429, 431, 451, 499, 500, 501, 502, 503, 504, 505, 507, 511, 519, 520, 521, 522, 523, 524, 525, 526, 529, 530, 599,
];
const waits = [undefined, "0", "1", "Tue, 01 Jan 2030 00:00:01 GMT", "2, 2", "-5", "soon"] as const;

/** What is documented: written down once more, and as plainly as can be. */
function isSentAgain(route: keyof typeof call, status: number, retryAfter: string | undefined): boolean {
  const asksToWait = retryAfter === "0" || retryAfter === "1" || retryAfter?.endsWith("GMT") === true;
  if (route === "list") return [408, 429, 500, 502, 503, 504, 520, 521, 522, 523, 524].includes(status);
  return status === 429 || (status === 503 && asksToWait);
}

const table = (Object.keys(call) as (keyof typeof call)[]).flatMap((route) =>
  waits.map((retryAfter) => ({ route, retryAfter })),
);

test.each(table)(
  "of all statuses with Retry-After $retryAfter, $route is sent again where that is documented, and nowhere else",
  async ({ route, retryAfter }) => {
    skipWaits();
    const headers = { date: "Tue, 01 Jan 2030 00:00:00 GMT", ...(retryAfter && { "retry-after": retryAfter }) };
    let n = 0;
    let status = 0;
    const fetch = async () =>
      n++ === 0 ? new Response(null, { status, headers }) : Response.json(success[route], { status: 201 });
    const dayzero = new DayZero({ apiToken: token, businessId, fetch });
    const sentAgain: number[] = [];
    for (status of statuses) {
      n = 0;
      const result = await call[route](dayzero).result();
      expect(n, String(status)).toBe(result.ok ? 2 : 1);
      if (result.ok) sentAgain.push(status);
    }
    expect(sentAgain).toEqual(statuses.filter((each) => isSentAgain(route, each, retryAfter)));
  },
);

test.each([
  ...[400, 401, 403, 404, 405, 409, 410, 422, 425, 429, 499].map((status) => [status, undefined, "rejected"] as const),
  ...[303, 307, 408, 500, 501, 502, 503, 504, 520, 599].map((status) => [status, undefined, "unknown"] as const),
  [503, "1", "rejected"],
  [503, "maintenance until 5", "unknown"],
  [503, "-5", "unknown"],
  [500, "1", "unknown"],
  [504, "1", "unknown"],
  [408, "1", "unknown"],
] as const)("a create that is answered with %i and Retry-After %s is %s", async (status, retryAfter, outcome) => {
  await using server = await startRawServer(() =>
    answer(status, "", retryAfter === undefined ? {} : { "retry-after": retryAfter }),
  );
  const dayzero = new DayZero({ ...server.options, maxRetries: 0 });
  expect(await dayzero.tokens.create({ name: "ci" }).catch((thrown) => thrown)).toMatchObject({ status, outcome });
});

test("a refusal does not undo what an earlier attempt may have done", async () => {
  skipWaits();
  await using server = await startRawServer((socket, _, n) => (n === 0 ? void socket.destroy() : answer(400)));
  const error = await new DayZero(server.options).tokens.list().catch((thrown) => thrown);
  expect(error).toMatchObject({ status: 400, attempts: 2, outcome: "unknown" });
});

test("a create that was refused, and then can't connect, is one that was refused", async () => {
  skipWaits();
  const fetch = vi.fn(async () => Promise.reject(new TypeError("fetch failed", { cause: { code: "ECONNREFUSED" } })));
  fetch.mockImplementationOnce(async () => new Response("", { status: 429 }) as never);
  const dayzero = new DayZero({ apiToken: token, businessId, fetch, maxRetries: 1 });
  const error = await dayzero.tokens.create({ name: "ci" }).catch((thrown) => thrown);
  expect(error).toMatchObject({ code: "connection", attempts: 2, outcome: "rejected" });
});

/** Makes a create fail with what a fetch throws, and tells what is said of it and how often it was sent. */
async function failWith(thrown: unknown, options: Partial<DayZeroOptions> = {}) {
  skipWaits();
  const fetch = vi.fn(() => Promise.reject(thrown));
  const dayzero = new DayZero({ apiToken: token, businessId, fetch, maxRetries: 1, ...options });
  const error = await dayzero.tokens.create({ name: "ci" }).catch((caught) => caught);
  return { error, sent: fetch.mock.calls.length };
}

test.each([
  "ConnectionRefused",
  "FailedToOpenSocket",
  "EAI_AGAIN",
  "ECONNREFUSED",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "ENOTFOUND",
  "UND_ERR_CONNECT_TIMEOUT",
  "CERT_HAS_EXPIRED",
  "CERT_NOT_YET_VALID",
  "DEPTH_ZERO_SELF_SIGNED_CERT",
  "ERR_TLS_CERT_ALTNAME_INVALID",
  "SELF_SIGNED_CERT_IN_CHAIN",
  "UNABLE_TO_GET_ISSUER_CERT_LOCALLY",
  "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
  "ERR_SSL_PACKET_LENGTH_TOO_LONG",
  "ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION",
  "ERR_SSL_WRONG_VERSION_NUMBER",
])("a create that fails with %s was never sent, and is sent again", async (code) => {
  const cause = Object.assign(new Error("x"), { code });
  const { error, sent } = await failWith(new TypeError("fetch failed", { cause }));
  expect(error).toMatchObject({ code: "connection", outcome: "not_sent", attempts: 2 });
  expect(error.message).toBe(`tokens.create got no answer: ${code}`);
  expect(sent).toBe(2);
});

const { proxy: revoked, revoke } = Proxy.revocable({}, {});
revoke();
const throwing = (name: string) =>
  Object.defineProperty(new Error("x"), name, {
    get() {
      throw new Error("no");
    },
  });
const circular: { cause?: unknown } = {};
circular.cause = circular;

test.each([
  ["a text that names a code", new Error("upstream said ECONNREFUSED after the body was sent")],
  ["a code that only contains one", Object.assign(new Error("x"), { code: "NOT_ECONNREFUSED" })],
  ["a code that is a list", Object.assign(new Error("x"), { code: ["ECONNREFUSED"] })],
  [
    "a host that became unreachable while reading",
    Object.assign(new Error("x"), { code: "EHOSTUNREACH", syscall: "read" }),
  ],
  [
    "a host that became unreachable while writing",
    Object.assign(new Error("x"), { code: "EHOSTUNREACH", syscall: "write" }),
  ],
  [
    "what Deno says, from a fetch of your own",
    new TypeError("error sending request for url (x): client error (Connect)"),
  ],
  ["what Node says, from a fetch of your own", new TypeError("fetch failed", { cause: new Error("bad port") })],
  ["no error at all", undefined],
  ["null", null],
  ["a number", 7],
  ["a symbol", Symbol("odd")],
  ["a function", () => "ECONNREFUSED"],
  ["an object without a prototype", Object.create(null)],
  ["a revoked proxy", revoked],
  ["an error whose message throws", throwing("message")],
  ["an error whose code throws", throwing("code")],
  ["an error whose cause throws", throwing("cause")],
  ["an error whose stack throws", throwing("stack")],
  ["a cause that leads back to itself", circular],
  ["a text", "ECONNREFUSED"],
])("a create whose fetch throws %s may have been carried out, and is not sent again", async (_, thrown) => {
  const { error, sent } = await failWith(thrown);
  expect(error).toMatchObject({ code: "connection", outcome: "unknown", attempts: 1 });
  expect(error.message).toMatch(/^tokens\.create got no answer: .+ \(may have been carried out\)$/);
  expect(sent).toBe(1);
});

test.each([
  ["7", 7],
  ["text", "text"],
  ["Symbol(odd)", Symbol("odd")],
  ["an error that can't be read", revoked],
  ["an error that can't be read", Object.create(null)],
  ["x".repeat(300), new Error("x".repeat(1000))],
])("of what a fetch throws, the message says: %s", async (said, thrown) => {
  const { error } = await failWith(thrown);
  expect(error.message).toBe(`tokens.create got no answer: ${said} (may have been carried out)`);
});

test("a fetch that gives an error of this package is a connection that failed", async () => {
  const nested = await new DayZero({ apiToken: token, businessId }).tokens.revoke("").catch((thrown) => thrown);
  const { error } = await failWith(nested);
  expect(error).toMatchObject({ code: "connection", outcome: "unknown", attempts: 1, cause: nested });
});

test.each([
  [
    "throws before it gives a promise",
    () => {
      throw new Error("at once");
    },
  ],
  ["gives no response", async () => undefined],
  ["gives what is no response", async () => ({ ok: true, status: 201 })],
])("a fetch that %s may have sent the request", async (_, fetch) => {
  const dayzero = new DayZero({ apiToken: token, businessId, fetch: fetch as never });
  const error = await dayzero.tokens.create({ name: "ci" }).catch((thrown) => thrown);
  expect(error).toMatchObject({ code: "connection", outcome: "unknown", attempts: 1 });
});

test("a reason to abort that looks like a refused connection says nothing of the request", async () => {
  const controller = new AbortController();
  const reason = Object.assign(new Error("x"), { code: "ECONNREFUSED" });
  await using server = await startRawServer(() => void setImmediate(() => controller.abort(reason)));
  const error = await new DayZero(server.options).tokens
    .create({ name: "ci" }, { signal: controller.signal })
    .catch((thrown) => thrown);
  expect(error).toMatchObject({ code: "aborted" satisfies ErrorCode, outcome: "unknown", cause: reason });
});

test("a server whose certificate is not trusted was sent nothing", async () => {
  skipWaits();
  const server = createServer(selfSigned, () => expect.fail("nothing may arrive"));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const baseUrl = `https://127.0.0.1:${typeof address === "object" ? address?.port : ""}`;
  const error = await new DayZero({ apiToken: token, businessId, baseUrl }).tokens
    .create({ name: "ci" })
    .catch((thrown) => thrown);
  await new Promise((resolve) => server.close(resolve));
  expect(error).toMatchObject({ code: "connection", outcome: "not_sent", attempts: 3 });
  expect(error.message).toBe("tokens.create got no answer: DEPTH_ZERO_SELF_SIGNED_CERT");
});

test("a server that speaks no TLS was sent nothing", async () => {
  // As an HTTP server answers whatever it can't read.
  const server = createTcpServer((socket) => {
    socket.on("error", () => {});
    socket.once("data", () => socket.destroySoon());
    socket.write("HTTP/1.1 400 Bad Request\r\nconnection: close\r\n\r\n");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const baseUrl = `https://127.0.0.1:${typeof address === "object" ? address?.port : ""}`;
  const error = await new DayZero({ apiToken: token, businessId, baseUrl, maxRetries: 0 }).tokens
    .create({ name: "ci" })
    .catch((thrown) => thrown);
  await new Promise((resolve) => server.close(resolve));
  expect(error).toMatchObject({ code: "connection", outcome: "not_sent", attempts: 1 });
});

test("a port that no fetch may use was sent nothing", async () => {
  const dayzero = new DayZero({ apiToken: token, businessId, baseUrl: "http://localhost:1", maxRetries: 0 });
  const error = await dayzero.tokens.create({ name: "ci" }).catch((thrown) => thrown);
  expect(error).toMatchObject({
    code: "connection",
    outcome: "not_sent",
    message: "tokens.create got no answer: bad port",
  });
});

test.each([
  ["error sending request for url (http://127.0.0.1:1/): client error (Connect): tcp connect error", "not_sent"],
  ["it was said: error sending request for url (http://127.0.0.1:1/): client error (Connect)", "unknown"],
  ["error sending request for url (http://127.0.0.1:1/): client error (SendRequest)", "unknown"],
  ["terminated", "unknown"],
])("of the platform's fetch, that says no code, it is believed that %j means %s", async (said, outcome) => {
  vi.stubGlobal("fetch", () => Promise.reject(new TypeError(said)));
  const dayzero = new DayZero({ apiToken: token, businessId, maxRetries: 0 });
  const error = await dayzero.tokens.create({ name: "ci" }).catch((thrown) => thrown);
  vi.unstubAllGlobals();
  expect(error).toMatchObject({ code: "connection", outcome });
});
