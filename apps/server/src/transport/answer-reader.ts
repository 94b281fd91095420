/** What reads an answer is told. */
export interface AnswerListener {
  head(status: number, reason: string, headers: [string, string][]): void;
  data(bytes: Uint8Array): void;
  end(): void;
  /** The connection ended before the answer did, or what came is no HTTP. */
  fail(error: NodeJS.ErrnoException): void;
}

type Framing = { kind: "length"; left: number } | { kind: "chunked" } | { kind: "until-close" };

/** Takes apart the bytes that a server writes to a connection, for one answer. */
export class AnswerReader {
  readonly #listener: AnswerListener;
  readonly #hasNoBody: boolean;
  #pending: Buffer<ArrayBufferLike> = Buffer.alloc(0);
  #framing: Framing | undefined;
  #isOver = false;

  constructor(method: string, listener: AnswerListener) {
    this.#hasNoBody = method === "HEAD";
    this.#listener = listener;
  }

  write(bytes: Buffer): void {
    if (this.#isOver) return;
    this.#pending = this.#pending.length === 0 ? bytes : Buffer.concat([this.#pending, bytes]);
    if (this.#framing === undefined) this.#readHead();
    if (this.#framing !== undefined && !this.#isOver) this.#readBody(this.#framing);
  }

  /** The connection is closed: with an error where it was cut. */
  close(error?: NodeJS.ErrnoException): void {
    if (this.#isOver) return;
    if (this.#framing?.kind === "until-close" && error === undefined) return this.#end();
    this.#fail(error ?? Object.assign(new Error("other side closed"), { code: "UND_ERR_SOCKET" }));
  }

  #readHead(): void {
    const end = this.#pending.indexOf("\r\n\r\n");
    const text = this.#pending.subarray(0, end === -1 ? undefined : end).toString("latin1");
    if (!"HTTP/1.1 ".startsWith(text.slice(0, 9))) {
      const error = new Error("Response does not match the HTTP/1.1 protocol (Expected HTTP/)");
      return this.#fail(Object.assign(error, { name: "HTTPParserError", code: "HPE_INVALID_CONSTANT" }));
    }
    if (end === -1) return;
    this.#pending = this.#pending.subarray(end + 4);
    const [statusLine = "", ...lines] = text.split("\r\n");
    const status = Number(statusLine.slice(9, 12));
    const headers = lines.map((line): [string, string] => {
      const colon = line.indexOf(":");
      return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
    });
    this.#framing =
      this.#hasNoBody || status === 204 || status === 304 ? { kind: "length", left: 0 } : framingOf(headers);
    this.#listener.head(status, statusLine.slice(13), headers);
  }

  #readBody(framing: Framing): void {
    switch (framing.kind) {
      case "length": {
        const bytes = this.#pending.subarray(0, framing.left);
        this.#framing = { kind: "length", left: framing.left - bytes.length };
        this.#pending = Buffer.alloc(0);
        if (bytes.length > 0) this.#listener.data(bytes);
        if (this.#framing.left === 0) this.#end();
        return;
      }
      case "chunked":
        return this.#readChunks();
      case "until-close": {
        const bytes = this.#pending;
        this.#pending = Buffer.alloc(0);
        if (bytes.length > 0) this.#listener.data(bytes);
      }
    }
  }

  #readChunks(): void {
    while (!this.#isOver) {
      const lineEnd = this.#pending.indexOf("\r\n");
      if (lineEnd === -1) return;
      const size = Number.parseInt(this.#pending.subarray(0, lineEnd).toString("latin1"), 16);
      const end = lineEnd + 2 + size + 2;
      if (this.#pending.length < end) return;
      const bytes = this.#pending.subarray(lineEnd + 2, end - 2);
      this.#pending = this.#pending.subarray(end);
      if (size === 0) this.#end();
      else this.#listener.data(bytes);
    }
  }

  #end(): void {
    this.#isOver = true;
    this.#listener.end();
  }

  #fail(error: NodeJS.ErrnoException): void {
    this.#isOver = true;
    this.#listener.fail(error);
  }
}

function framingOf(headers: readonly [string, string][]): Framing {
  const value = (name: string) => headers.find(([other]) => other === name)?.[1];
  if (value("transfer-encoding") === "chunked") return { kind: "chunked" };
  const length = value("content-length");
  return length === undefined ? { kind: "until-close" } : { kind: "length", left: Number(length) };
}
