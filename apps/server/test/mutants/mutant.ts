import type { LedgerId } from "../../src/conformance/ledger.ts";
import type { WorldParts } from "../../src/world/world.ts";

/** A request as a mutant sees it. */
export interface Asked {
  readonly method: string;
  readonly url: URL;
  readonly headers: Headers;
  readonly body: string | undefined;
}

/** Stands before the double: passes the request on, changed or not, and the answer back, changed or not. */
export type Around = (asked: Asked, ask: (changed?: Partial<Asked>) => Promise<Response>) => Promise<Response>;

/** A double with one thing wrong, and the rule that it breaks. */
export interface Mutant {
  readonly name: string;
  readonly rule: LedgerId;
  readonly world?: () => WorldParts;
  readonly around?: Around;
  /** What it does wrong keeps its tokens from being revoked. */
  readonly keepsTokens?: boolean;
}

/** The `fetch` of a mutant: around the double's own, to which bodies that are no text go unseen. */
export const mutated =
  (fetch: typeof globalThis.fetch, around: Around): typeof globalThis.fetch =>
  async (input, init = {}) => {
    const url = new URL(String(input));
    const { method = "GET" } = init;
    const bytes = init.body instanceof Uint8Array ? Buffer.from(init.body) : undefined;
    const text = bytes?.toString();
    const body = bytes !== undefined && Buffer.from(text ?? "").equals(bytes) ? text : undefined;
    const asked = { method, url, headers: new Headers(init.headers), body };
    const ask = (changed: Partial<Asked> = {}) => {
      const { method, url, headers, body: text } = { ...asked, ...changed };
      const content = changed.body === undefined && body === undefined ? init.body : text;
      return fetch(url, { ...init, method, headers, body: content ?? null });
    };
    return url.pathname.startsWith("/_double") ? ask() : around(asked, ask);
  };

/** An answer with another body, status or headers; null takes a header away. */
export function changed(
  answer: Response,
  text: string | null,
  { status = answer.status, headers = {} }: { status?: number; headers?: Readonly<Record<string, string | null>> } = {},
): Response {
  const all = new Headers(answer.headers);
  for (const [name, value] of Object.entries(headers)) value === null ? all.delete(name) : all.set(name, value);
  return new Response(text, { status, headers: all });
}

/** An answer whose JSON is changed; one that is no JSON stays as it is. */
export async function withJson(
  answer: Response,
  change: (body: Record<string, unknown>) => unknown,
): Promise<Response> {
  const text = await answer.text();
  if (answer.headers.get("content-type") !== "application/json") return changed(answer, text || null);
  return changed(answer, JSON.stringify(change(JSON.parse(text))));
}

/** Does something to the answers of one operation, or to those of one status. */
export const onAnswer =
  (
    which: (asked: Asked, answer: Response) => boolean,
    change: (answer: Response, asked: Asked) => Promise<Response>,
  ): Around =>
  async (asked, ask) => {
    const answer = await ask();
    return which(asked, answer) ? change(answer, asked) : answer;
  };

export const isCreate = ({ method, url }: Asked) => method === "POST" && url.pathname === "/api/v1/tokens";
export const isList = ({ method, url }: Asked) => method === "GET" && url.pathname === "/api/v1/tokens";
export const isRevoke = ({ method, url }: Asked) => method === "POST" && url.pathname.endsWith("/revoke");
