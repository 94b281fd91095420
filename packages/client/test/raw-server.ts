import { createServer, type Socket } from "node:net";
import type { DayZeroOptions } from "../src/index.ts";

/** What reached the server. */
export interface Received {
  readonly line: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** What the server does with the nth request, counted from 0: a text is written, and anything can be done to the socket. */
export type Behaviour = (socket: Socket, request: Received, n: number) => unknown;

export const token = "dz_eyJhbGciOiJIUzI1NiJ9.eyJqdGkiOiJ4In0.c2lnbmF0dXJl";
export const businessId = "0197a5c2-6c1e-7d3a-9b1f-2f6d3c4b5a69";

/** A server of raw sockets, for whatever no HTTP library would let a server do. */
export async function startRawServer(behave: Behaviour) {
  const requests: Received[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    let read = "";
    socket.on("error", () => {});
    socket.on("close", () => sockets.delete(socket));
    socket.on("data", (chunk) => {
      read += chunk.toString("latin1");
      const request = parse(read);
      if (request === undefined) return;
      read = "";
      requests.push(request);
      const answer = behave(socket, request, requests.length - 1);
      if (typeof answer === "string") socket.write(answer);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" ? address?.port : undefined;
  const baseUrl = `http://127.0.0.1:${port}`;
  return {
    requests,
    baseUrl,
    options: { apiToken: token, businessId, baseUrl } satisfies DayZeroOptions,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function parse(text: string): Received | undefined {
  const end = text.indexOf("\r\n\r\n");
  if (end < 0) return undefined;
  const [line = "", ...lines] = text.slice(0, end).split("\r\n");
  const headers = Object.fromEntries(lines.map((each) => each.split(/: ?(.*)/s, 2).map(String)));
  const lower = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)]));
  const body = text.slice(end + 4);
  return body.length < Number(lower["content-length"] ?? 0) ? undefined : { line, headers: lower, body };
}

/** A complete answer. */
export function answer(status: number, body: unknown = "", headers: Readonly<Record<string, string>> = {}): string {
  const text = typeof body === "string" ? body : JSON.stringify(body);
  const type = typeof body === "string" ? "text/html" : "application/json";
  const all = {
    "content-type": type,
    "content-length": String(Buffer.byteLength(text)),
    connection: "close",
    ...headers,
  };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
  return `HTTP/1.1 ${status} X\r\n${lines.join("")}\r\n${text}`;
}

export const record = {
  id: "0197a5c2-0000-7000-8000-000000000001",
  jti: "jti-1",
  name: "ci",
  token_prefix: "dz_eyJ...",
  token_type: "api",
  created_at: "2026-01-02T03:04:05.123456Z",
};
export const secret = "dz_eyJhbGciOiJIUzI1NiJ9.eyJqdGkiOiJuZXcifQ.bmV3";
export const created = answer(201, { token: secret, token_info: record });
export const listed = answer(200, { items: [record], has_next: false, has_prev: false });
