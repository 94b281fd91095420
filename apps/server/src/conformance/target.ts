import type { Send } from "./case.ts";
import { fill, type Memory } from "./pattern.ts";

/** Where the suite sends its requests, and as whom. */
export interface Target {
  /** Without a trailing slash. */
  readonly url: string;
  readonly token: string;
  readonly businessId: string;
  /** The platform's, unless something else is to carry the requests. */
  readonly fetch?: typeof fetch;
}

/** A request as it was sent, and what came back. */
export interface Exchanged {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly requestBody: string | undefined;
  readonly status: number;
  readonly responseHeaders: Headers;
  readonly text: string;
  /** The parsed body; undefined where it is no JSON. */
  readonly body: unknown;
}

/** What cases can say of the target: `{{target.token}}`. */
export const targetMemory = ({ token, businessId }: Target) => ({
  token,
  business_id: businessId,
  // The same header and claims under a signature that is another's.
  tampered: token.replace(/[^.]+$/, (signature) => [...signature].reverse().join("")),
});

/** Sends what a step says, as the caller that memory names. Rejects where no answer comes. */
export async function sendTo(target: Target, send: Send, memory: Memory, signal: AbortSignal): Promise<Exchanged> {
  const { token, business_id } = callerIn(memory);
  const isControl = send.path.startsWith("/_double");
  const authorization = send.authorization === undefined && !isControl ? `Bearer ${token}` : send.authorization;
  const business = send.business === undefined && !isControl ? business_id : send.business;
  const body = send.text ?? (send.json === undefined ? undefined : JSON.stringify(send.json));
  const headers: Record<string, string> = {
    ...(authorization && { authorization: fill(authorization, memory) }),
    ...(business && { "x-business-id": fill(business, memory) }),
    ...(body !== undefined && { "content-type": "application/json" }),
    ...send.headers,
  };
  const url = target.url + fill(send.path, memory);
  const init = {
    method: send.method,
    headers,
    redirect: "manual",
    signal,
    ...(body !== undefined && { body: fill(body, memory) }),
  } as const;
  const response = await (target.fetch ?? fetch)(url, init);
  const text = await response.text();
  return {
    method: send.method,
    url,
    headers,
    requestBody: body,
    status: response.status,
    responseHeaders: response.headers,
    text,
    body: parse(text),
  };
}

/** The sandbox that the case runs in or, without one, the target's own token and business. */
function callerIn({ sandbox, target }: Memory): { token: string; business_id: string } {
  const { token, business_id } = Object(sandbox ?? target);
  return { token: String(token), business_id: String(business_id) };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
