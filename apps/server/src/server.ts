import { createServer, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Duplex } from "node:stream";
import { createApp } from "./app.ts";
import { messageClassesOf } from "./message-classes.ts";
import { createWorld, type World } from "./world.ts";

export interface DoubleOptions {
  /** 0 picks a free one. */
  readonly port?: number;
  readonly host?: string;
  /** Active tokens a user; 0: no limit. */
  readonly maxActiveTokens?: number;
  /** Told when the double itself is at fault. */
  readonly report?: World["report"];
}

/** A running double. `await using` closes it at the end of the scope. */
export interface Double extends AsyncDisposable {
  /** Where it listens, without a trailing slash. */
  readonly url: string;
  readonly port: number;
  readonly world: World;
  /** Stops listening and resolves when the requests under way are answered. A second call waits for the same. */
  close(): Promise<void>;
}

/** Starts a double; resolves when it accepts connections. Rejects when the port cannot be had. */
export async function startDouble(options: DoubleOptions = {}): Promise<Double> {
  const { port = 0, host = "127.0.0.1", maxActiveTokens = 10, report } = options;
  const world = await createWorld({ limits: { maxActiveTokens }, ...(report && { report }) });
  const app = createApp(world);
  const server = createServer(messageClassesOf(app), app);
  answerUnreadableRequests(server);
  const bound = await listen(server, port, host);
  let closing: Promise<void> | undefined;
  const close = () => {
    closing ??= stop(server);
    return closing;
  };
  return {
    url: `http://${host.includes(":") ? `[${host}]` : host}:${bound}`,
    port: bound,
    world,
    close,
    [Symbol.asyncDispose]: close,
  };
}

const listen = (server: Server, port: number, host: string) =>
  new Promise<number>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, () => {
      server.off("error", reject);
      // A server that listens on a port has an address with a port.
      resolve((server.address() as AddressInfo).port);
    });
  });

const stop = (server: Server) =>
  new Promise<void>((resolve, reject) => {
    server.close((error) => (error ? reject(error) : resolve()));
    server.closeIdleConnections();
  });

/** Says what uvicorn says to bytes that are no HTTP. Bytes behind a whole request don't spoil its answer. */
function answerUnreadableRequests(server: Server): void {
  const underWay = new WeakMap<Duplex, ServerResponse>();
  server.on("request", (req, res) => underWay.set(req.socket, res));
  server.on("clientError", (_error, socket) => {
    const response = underWay.get(socket);
    if (response !== undefined && !response.closed) return void response.once("close", () => socket.end());
    if (!socket.writable) return void socket.destroy();
    const text = "Invalid HTTP request received.";
    const head = `content-type: text/plain; charset=utf-8\r\ncontent-length: ${text.length}\r\nconnection: close`;
    socket.end(`HTTP/1.1 400 Bad Request\r\n${head}\r\n\r\n${text}`);
  });
}
