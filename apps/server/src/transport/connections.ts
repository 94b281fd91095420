import type { Server, ServerResponse } from "node:http";
import { Socket } from "node:net";
import type { Duplex } from "node:stream";
// Not the global one, which a test may have put a fake in the place of.
import { setTimeout } from "node:timers";

/** Where a response is on its way. Beside the sockets of a server there are connections that are none. */
export class Connections {
  /** The response that each has got to; undefined: no whole request has come yet. */
  readonly #latest = new Map<Duplex, ServerResponse | undefined>();
  readonly #server: Server;
  #isEnding = false;

  constructor(server: Server) {
    this.#server = server;
    // Of a connection with TLS, which is there from the first byte of the handshake, only the second one gets requests.
    for (const event of ["connection", "secureConnection"]) server.on(event, (socket: Socket) => this.add(socket));
    server.on("request", (req, res) => this.#reach(req.socket, res));
  }

  add(connection: Duplex): void {
    connection.once("close", () => this.#latest.delete(connection));
    this.#reach(connection, undefined);
  }

  /** The response that the connection has got to. */
  latest(connection: Duplex): ServerResponse | undefined {
    return this.#latest.get(connection);
  }

  /**
   * Takes no more of them, and resolves when all have ended: those without a request at once, the others when they are
   * answered, and whatever is left when the grace time is over.
   */
  async end(graceMs: number): Promise<void> {
    this.#isEnding = true;
    const all = [...this.#latest];
    const ended = all.map(([connection]) => new Promise((resolve) => connection.once("close", resolve)));
    // Closes those that rest between two requests.
    const closed = new Promise((resolve) => this.#server.close(resolve));
    for (const [connection, response] of all) this.#letGo(connection, response);
    const timer = setTimeout(() => this.#cut(), Math.min(graceMs, longestTimer));
    await Promise.all([closed, ...ended]);
    clearTimeout(timer);
  }

  #reach(connection: Duplex, response: ServerResponse | undefined): void {
    this.#latest.set(connection, response);
    if (this.#isEnding) this.#letGo(connection, response);
  }

  #letGo(connection: Duplex, response: ServerResponse | undefined): void {
    if (response === undefined) {
      if (connection instanceof Socket && connection.bytesRead === 0) connection.destroy();
      return;
    }
    response.shouldKeepAlive = false;
    // A head that is sent already has promised to keep the connection.
    response.once("close", () => this.#server.closeIdleConnections());
  }

  #cut(): void {
    for (const connection of this.#latest.keys()) connection.destroy();
  }
}

const longestTimer = 2 ** 31 - 1;
