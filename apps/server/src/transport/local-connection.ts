import type { IncomingMessage, RequestListener } from "node:http";
import { Duplex } from "node:stream";
import { type AnswerListener, AnswerReader } from "./answer-reader.ts";
import type { Connections } from "./connections.ts";
import type { MessageClasses } from "./express-messages.ts";

/** A request as it is, headers in lower case. */
export interface LocalRequest {
  readonly method: string;
  /** Path and query. */
  readonly url: string;
  readonly headers: readonly (readonly [string, string])[];
  readonly body: Buffer | undefined;
}

/** What takes requests, the classes that they are made of, and where connections are known. */
export interface Front {
  readonly app: RequestListener;
  readonly classes: MessageClasses;
  readonly connections: Pick<Connections, "add">;
}

/** Hands a request to a listener as a server would, over a connection that is no socket. Answers how to cut it. */
export function connectLocally(
  { app, classes, connections }: Front,
  request: LocalRequest,
  listener: AnswerListener,
): () => void {
  const reader = new AnswerReader(request.method, listener);
  const connection = new LocalConnection(reader);
  connections.add(connection);
  const req = incoming(request, connection, classes);
  const res = new classes.ServerResponse(req);
  // What node's server does around a request: a ServerResponse is typed for net.Socket, and needs only a stream.
  res.assignSocket(connection as never);
  res.once("finish", () => {
    res.detachSocket(connection as never);
    process.nextTick(() => {
      res.destroyed = true;
      res.emit("close");
      connection.destroy();
    });
  });
  app(req, res);
  return () => connection.destroy();
}

/** What a listener sees of a connection: enough of a socket to be asked who is there, written to, ended and reset. */
class LocalConnection extends Duplex {
  readonly remoteAddress = "127.0.0.1";
  readonly encrypted = false;
  readonly #reader: AnswerReader;

  constructor(reader: AnswerReader) {
    super({ allowHalfOpen: true });
    this.#reader = reader;
  }

  override _read(): void {}

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: () => void): void {
    this.#reader.write(chunk);
    done();
  }

  override _final(done: () => void): void {
    this.#reader.close();
    done();
    this.destroy();
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    this.#reader.close(error ?? undefined);
    done(null);
  }

  resetAndDestroy(): this {
    return this.destroy(
      Object.assign(new Error("read ECONNRESET"), { code: "ECONNRESET", errno: -104, syscall: "read" }),
    );
  }

  setTimeout(): this {
    return this;
  }

  setNoDelay(): this {
    return this;
  }

  setKeepAlive(): this {
    return this;
  }
}

function incoming(
  { method, url, headers, body }: LocalRequest,
  connection: LocalConnection,
  classes: MessageClasses,
): IncomingMessage {
  const req = new classes.IncomingMessage(connection as never);
  req.method = method;
  req.url = url;
  req.httpVersion = "1.1";
  req.httpVersionMajor = 1;
  req.httpVersionMinor = 1;
  req.rawHeaders = headers.flat();
  req.headers = Object.fromEntries(headers);
  req.headersDistinct = Object.fromEntries(headers.map(([name, value]) => [name, [value]]));
  req.complete = true;
  if (body !== undefined) req.push(body);
  req.push(null);
  return req;
}
