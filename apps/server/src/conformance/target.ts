import { randomBytes } from "node:crypto";
import type { Carrier } from "./carrier.ts";
import type { Send } from "./case.ts";
import { fill, type Memory } from "./pattern.ts";

/** Where the suite sends its requests, and as whom. */
export interface Target {
  /** Without a trailing slash. */
  readonly url: string;
  readonly token: string;
  readonly businessId: string;
  readonly carrier: Carrier;
  /** What a double's control plane demands, if anything. */
  readonly controlToken?: string | undefined;
}

/** A request as it was sent, and what came back. */
export interface Exchanged {
  readonly method: string;
  readonly url: string;
  readonly headers: readonly (readonly [string, string])[];
  readonly requestBody: Uint8Array | undefined;
  readonly status: number;
  readonly responseHeaders: Headers;
  readonly text: string;
  /** The parsed body; undefined where it is no JSON. */
  readonly body: unknown;
}

/** The same header and claims under a signature that is another's. Of what is no JWS, all of it turned round. */
export const tampered = (token: string): string =>
  token.replace(/[^.]+$/, (signature) => [...signature].reverse().join(""));

/** What cases can say of the target and of the run: `{{target.token}}`, `{{run.name}}`. */
export const startingMemory = ({ token, businessId }: Target) => ({
  target: {
    token,
    business_id: businessId,
    business_upper: businessId.toUpperCase(),
    business_hex: businessId.replaceAll("-", ""),
    tampered: tampered(token),
  },
  // What a person who finds such a token should know about it; the mark tells runs apart.
  run: { name: `dayzero-double verify ${randomBytes(3).toString("hex")} (safe to revoke)` },
});

/** Sends what a step says, as the caller that memory names. Rejects where no answer comes. */
export async function sendTo(target: Target, send: Send, memory: Memory, signal: AbortSignal): Promise<Exchanged> {
  const body = bodyOf(send, memory);
  const headers = [
    ...(isControl(send) ? controlHeaders(target) : callerHeaders(send, memory)),
    ...Object.entries({ ...(body && { "content-type": "application/json" }), ...send.headers }),
  ].map(([name, value]): [string, string] => [name, fill(value, memory)]);
  const url = target.url + fill(send.path, memory);
  const reply = await target.carrier.carry({ method: send.method, url, headers, body, signal });
  return {
    method: send.method,
    url,
    headers,
    requestBody: body,
    status: reply.status,
    responseHeaders: reply.headers,
    text: reply.text,
    body: parse(reply.text),
  };
}

const isControl = ({ path }: Send) => path.startsWith("/_double");

const controlHeaders = ({ controlToken }: Target): [string, string][] =>
  controlToken === undefined ? [] : [["authorization", `Bearer ${controlToken}`]];

/** Of the sandbox that the case runs in or, without one, of the target's own token and business. */
function callerHeaders(send: Send, { sandbox, target }: Memory): [string, string][] {
  const { token, business_id } = Object(sandbox ?? target);
  const { authorization = `Bearer ${token}`, business = String(business_id) } = send;
  const businesses = business === null ? [] : [business].flat();
  return [
    ...(authorization === null ? [] : [["authorization", authorization] as [string, string]]),
    ...businesses.map((each): [string, string] => ["x-business-id", each]),
  ];
}

function bodyOf({ bytes, text, json }: Send, memory: Memory): Uint8Array | undefined {
  if (bytes !== undefined) return bytes;
  const body = text ?? (json === undefined ? undefined : JSON.stringify(json));
  return body === undefined ? undefined : Buffer.from(fill(body, memory));
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
