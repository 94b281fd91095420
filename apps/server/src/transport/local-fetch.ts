import { connectLocally, type Front, type LocalRequest } from "./local-connection.ts";
import { Turns } from "./turns.ts";

type Redirect = "follow" | "manual" | "error";
type Content = ConstructorParameters<typeof Response>[0];

/** The most redirects that are followed, as the platform's fetch has it. */
const mostRedirects = 20;
const redirects = new Set([301, 302, 303, 307, 308]);
const bodiless = new Set([204, 205, 304]);

/**
 * A `fetch` that reaches the listener without a socket, whatever host the URL names. Status, headers, streaming and
 * broken connections are as they would be: a connection that fails rejects with a TypeError that has a cause. Once
 * `closed` is aborted no connection is made.
 */
export function createLocalFetch(front: Front, closed: AbortSignal): typeof fetch {
  const turns = new Turns();
  return async (input, init) => {
    const request = await readRequest(input, init);
    const turn = turns.take();
    if (turn !== undefined) await turn;
    request.signal?.throwIfAborted();
    if (closed.aborted) {
      const refused = new Error(`connect ECONNREFUSED ${request.href.host}`);
      throw failed(Object.assign(refused, { code: "ECONNREFUSED", errno: -111, syscall: "connect" }));
    }
    return follow(front, request, mostRedirects);
  };
}

interface LocalFetch extends LocalRequest {
  readonly href: URL;
  readonly redirect: Redirect;
  readonly signal: AbortSignal | null | undefined;
}

async function follow(front: Front, request: LocalFetch, redirectsLeft: number): Promise<Response> {
  const response = await exchange(front, request);
  const { href, redirect } = request;
  const location = response.headers.get("location");
  if (redirect === "manual" || location === null || !redirects.has(response.status)) {
    const [url = href.href] = href.href.split("#", 1);
    // The platform alone can make a response that has them.
    return Object.defineProperties(response, {
      url: { value: url },
      redirected: { value: redirectsLeft < mostRedirects },
    });
  }
  await response.body?.cancel();
  if (redirect === "error") throw failed(new Error("unexpected redirect"));
  if (redirectsLeft === 0) throw failed(new Error("redirect count exceeded"));
  return follow(front, redirected(request, response.status, new URL(location, href)), redirectsLeft - 1);
}

/** What is sent after a redirect: a GET in the place of a POST where the status says so, credentials only to whom they were meant for. */
function redirected(request: LocalFetch, status: number, href: URL): LocalFetch {
  const { method, body } = request;
  const becomesGet = (status === 303 && method !== "HEAD") || (status < 303 && method === "POST");
  const isElsewhere = href.origin !== request.href.origin;
  const headers = request.headers
    .filter(([name]) => !(becomesGet && name.startsWith("content-")) && !(isElsewhere && name === "authorization"))
    .map(([name, value]) => [name, name === "host" ? href.host : value] as const);
  const sent = becomesGet ? { method: "GET", body: undefined } : { method, body };
  return { ...request, ...sent, headers, href, url: href.pathname + href.search };
}

function exchange(front: Front, request: LocalFetch): Promise<Response> {
  const { signal } = request;
  signal?.throwIfAborted();
  return new Promise((resolve, reject) => {
    let body: ReadableStreamDefaultController<Uint8Array> | undefined;
    const parts: Uint8Array[] = [];
    let respond: ((content: Content) => void) | undefined;
    const abort = () => {
      body?.error(signal?.reason);
      reject(signal?.reason);
      disconnect();
    };
    const finish = () => signal?.removeEventListener("abort", abort);
    const disconnect = connectLocally(front, request, {
      head(status, statusText, headers) {
        respond = (content) =>
          resolve(new Response(bodiless.has(status) ? null : content, { status, statusText, headers }));
        // Most answers are complete before the turn is over; only those that are not are streamed.
        queueMicrotask(() => {
          if (respond === undefined) return;
          respond(
            new ReadableStream({
              start(controller) {
                body = controller;
              },
              cancel: () => disconnect(),
            }),
          );
          respond = undefined;
          for (const part of parts) body?.enqueue(part);
        });
      },
      data(bytes) {
        if (body === undefined) parts.push(bytes);
        else body.enqueue(bytes);
      },
      end() {
        finish();
        respond?.(parts.length > 1 ? Buffer.concat(parts) : (parts[0] ?? null));
        respond = undefined;
        body?.close();
      },
      fail(error) {
        finish();
        if (respond === undefined) body?.error(new TypeError("terminated", { cause: error }));
        else respond(failingBody(parts, error));
        respond = undefined;
        reject(failed(error));
      },
    });
    signal?.addEventListener("abort", abort, { once: true });
  });
}

/** The connection broke in the middle of the body: what had come can be read, and then the reader is told. */
const failingBody = (parts: readonly Uint8Array[], cause: Error) =>
  new ReadableStream({
    start(controller) {
      for (const part of parts) controller.enqueue(part);
    },
    pull(controller) {
      controller.error(new TypeError("terminated", { cause }));
    },
  });

const failed = (cause: Error) => new TypeError("fetch failed", { cause });

async function readRequest(input: string | URL | Request, init: RequestInit = {}): Promise<LocalFetch> {
  // A request whose parts are plain needs none of what the platform's Request checks and copies.
  const method = (init.method ?? "GET").toUpperCase();
  const hasNoBody = init.body === undefined || init.body === null;
  const isPlain = hasNoBody || (typeof init.body === "string" && method !== "GET" && method !== "HEAD");
  if (!(input instanceof Request) && isPlain) {
    const href = new URL(input);
    const body = typeof init.body === "string" ? Buffer.from(init.body) : undefined;
    const type = body && "text/plain;charset=UTF-8";
    return localRequest(href, method, headersOf(init.headers), body, {
      type,
      redirect: init.redirect,
      signal: init.signal,
    });
  }
  const request = new Request(input, init);
  const body = request.body === null ? undefined : Buffer.from(await request.arrayBuffer());
  return localRequest(new URL(request.url), request.method, [...request.headers], body, request);
}

function localRequest(
  href: URL,
  method: string,
  given: readonly (readonly [string, string])[],
  body: Buffer | undefined,
  {
    type,
    redirect = "follow",
    signal,
  }: { type?: string | undefined; redirect?: Redirect | undefined; signal?: AbortSignal | null | undefined },
): LocalFetch {
  const names = new Set(given.map(([name]) => name));
  const headers: (readonly [string, string])[] = [["host", href.host], ...given];
  if (type !== undefined && !names.has("content-type")) headers.push(["content-type", type]);
  if (body !== undefined || method === "POST") headers.push(["content-length", String(body?.length ?? 0)]);
  return { href, method, url: href.pathname + href.search, headers, body, redirect, signal };
}

/** The platform's Headers check, trim and join; most headers need none of it. */
function headersOf(given: RequestInit["headers"] = {}): readonly (readonly [string, string])[] {
  if (given instanceof Headers || Array.isArray(given)) return [...new Headers(given)];
  const headers = Object.entries(given).map(([name, value]) => [name.toLowerCase(), String(value)] as const);
  const arePlain = headers.every(([name, value]) => /^[\w-]+$/.test(name) && /^[!-~](?:[ -~]*[!-~])?$/.test(value));
  return arePlain ? headers : [...new Headers(given)];
}
