import { bounded, timeUp } from "./bounded.ts";
import { type Answer, type Call, failure } from "./call.ts";
import {
  AbortedError,
  ConnectionError,
  type DayZeroError,
  isDayZeroError,
  type Outcome,
  TimeoutError,
} from "./errors.ts";
import { requestHeaders } from "./headers.ts";
import { judge } from "./judge.ts";
import { notifyRequest, notifyResponse } from "./notify.ts";
import type { FetchInit } from "./options.ts";
import { scrub, withoutSecrets } from "./secrets.ts";

/** Sends the call once, and reads the whole answer within `ms`. Never rejects. */
export async function attempt(call: Call, ms: number, limit: number): Promise<Answer> {
  const { signal } = call.options;
  const before = call.outcome;
  try {
    const { event, response, text } = await bounded((stop) => exchange(call, stop), ms, signal);
    notifyResponse(call, event, response);
    return judge(call, response, text);
  } catch (cause) {
    return { error: errorOf(call, cause, before, limit) };
  }
}

function errorOf(call: Call, cause: unknown, before: Outcome, limit: number): DayZeroError {
  if (call.options.signal?.aborted) return aborted(call);
  if (cause === timeUp) return failure(call, TimeoutError, `took longer than ${limit} ms`);
  if (isDayZeroError(cause)) return Object.assign(cause, { attempts: call.attempts, outcome: before });
  const said = describe(cause);
  if (neverConnected.test(said)) call.outcome = before;
  return failure(call, ConnectionError, `got no answer: ${said}`, { cause: withoutSecrets(cause) });
}

export const aborted = (call: Call) =>
  failure(call, AbortedError, "was aborted", { cause: call.options.signal?.reason });

async function exchange(call: Call, signal: AbortSignal) {
  const { config, options, route, url, body } = call;
  const { method } = route;
  const headers = await requestHeaders(config, options, body !== undefined);
  // The credential may have come too late, and not every fetch would notice.
  signal.throwIfAborted();
  call.attempts++;
  const event = notifyRequest(call, headers);
  call.outcome = "unknown";
  const init: FetchInit = { method, headers, redirect: "manual", signal, ...(body && { body }) };
  const response = await (config.fetch ?? fetch)(url, init);
  return { event, response, text: await response.text() };
}

// The codes of Node and Bun, and the words of Deno, for a connection that was never made.
const neverConnected = /ECONNREFUSED|ENOTFOUND|EAI_AGAIN|CONNECT_TIMEOUT|ConnectionRefused|\(Connect\)/;

/** The innermost reason: platforms wrap the error that has the code, some more than once. */
function describe(cause: unknown, depth = 5): string {
  const { code, message, cause: inner } = Object(cause);
  return inner && depth ? describe(inner, depth - 1) : scrub(String(code ?? message ?? cause));
}
