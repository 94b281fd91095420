import { createServer, type IncomingHttpHeaders, type IncomingMessage, request, type ServerResponse } from "node:http";

/** A request as it comes to a proxy. */
export interface Passing {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
}

/** An answer as a proxy gives it. */
export interface Passed {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

/** Answers in the place of the server behind, which it may ask or not. */
export type Between = (passing: Passing, ask: () => Promise<Passed>) => Promise<Passed>;

/** A server that stands before another. It is closed at the end of the scope. */
export interface Proxy extends AsyncDisposable {
  readonly url: string;
  readonly port: number;
  /** Everything that came, oldest first. */
  readonly seen: readonly Passing[];
}

/** Starts a proxy on a free port. Requests go on to the letter, repeated headers included. */
export async function startProxy(target: string, between: Between): Promise<Proxy> {
  const seen: Passing[] = [];
  const answer = async (req: IncomingMessage, res: ServerResponse) => {
    const passing = { method: req.method ?? "", path: req.url ?? "", headers: req.headers };
    seen.push(passing);
    const body = await bytesOf(req);
    const { status, headers, text } = await between(passing, () => forward(target, req, body));
    // The text may be another than the one that they were about.
    const { "content-length": _, "transfer-encoding": __, connection: ___, ...kept } = headers;
    res.writeHead(status, kept).end(text);
  };
  // Where the server behind is gone, or whoever asked, there is nobody to answer or nothing to say.
  const server = createServer((req, res) => void answer(req, res).catch(() => res.destroy()));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    seen,
    async [Symbol.asyncDispose]() {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}

/** Passes everything on but what only a double has: what stands behind looks like no double. */
export const hidingTheDouble =
  (between: Between = (_, ask) => ask()): Between =>
  async (passing, ask) =>
    passing.path.startsWith("/_double")
      ? { status: 404, headers: { "content-type": "application/json" }, text: '{"detail":"Not Found"}' }
      : between(passing, ask);

/** Changes the JSON of an answer. */
export const withJson = (answer: Passed, change: (body: Record<string, unknown>) => unknown): Passed => ({
  ...answer,
  text: JSON.stringify(change(JSON.parse(answer.text))),
});

function forward(target: string, { method, url, rawHeaders }: IncomingMessage, body: Buffer): Promise<Passed> {
  return new Promise((resolve, reject) => {
    const req = request(new URL(url ?? "", target), { method: method ?? "GET", headers: rawHeaders }, async (res) =>
      resolve({ status: res.statusCode ?? 0, headers: res.headers, text: (await bytesOf(res)).toString() }),
    );
    req.on("error", reject).end(body);
  });
}

async function bytesOf(message: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk);
  return Buffer.concat(chunks);
}
