import type { AnyDayZeroError } from "./any-error.ts";
import { bounded, timeUp } from "./bounded.ts";
import { type Answer, messageOf, type PreparedCall, type Progress } from "./call.ts";
import { reasonOf, withoutSecrets } from "./causes.ts";
import { AbortedError, ConfigError, ConnectionError, TimeoutError } from "./errors.ts";
import { requestHeaders } from "./headers.ts";
import { judge } from "./judge.ts";
import { neverConnected } from "./never-connected.ts";
import { notifyRequest, notifyResponse } from "./notify.ts";
import type { FetchInit } from "./options.ts";
import { readBody } from "./read-body.ts";

/** Sends the call once more, and reads the whole answer within `ms`. Never rejects. */
export async function attempt(call: PreparedCall, before: Progress, ms: number, limit: number): Promise<Answer> {
  let sent = before;
  try {
    const { event, response, read, duration } = await bounded(
      async (signal) => {
        const headers = await requestHeaders(call, call.body !== undefined, before);
        // The credential may have come too late, and not every fetch would notice.
        signal.throwIfAborted();
        sent = { attempts: before.attempts + 1, outcome: "unknown" };
        return exchange(call, sent.attempts, headers, signal);
      },
      ms,
      call.options.signal,
    );
    const answer = await judge(call, before, response, read);
    notifyResponse(call, { ...event, duration }, response, answer);
    return answer;
  } catch (cause) {
    return { error: errorOf(call, cause, before, sent, limit) };
  }
}

async function exchange(call: PreparedCall, n: number, headers: Record<string, string>, signal: AbortSignal) {
  const { config, route, url, body } = call;
  const { method } = route;
  const event = notifyRequest(call, n, headers);
  const start = performance.now();
  const init: FetchInit = { method, headers, redirect: "manual", signal, ...(body !== undefined && { body }) };
  const response = await (config.fetch ?? fetch)(url, init);
  const read = await readBody(response);
  return { event, response, read, duration: performance.now() - start };
}

function errorOf(call: PreparedCall, cause: unknown, before: Progress, sent: Progress, limit: number): AnyDayZeroError {
  const { config, options, route } = call;
  if (options.signal?.aborted) return aborted(call, sent);
  if (cause === timeUp) return new TimeoutError(messageOf(call, sent, `took longer than ${limit} ms`), sent);
  if (sent === before && cause instanceof ConfigError) return cause;
  const reason = reasonOf(cause, config.mask);
  const facts = { cause: withoutSecrets(cause, config.mask) };
  if (sent === before)
    return new ConfigError(`${route.operation} can't be sent: ${reason.text}`, { ...before, ...facts });
  const progress = neverConnected(reason, config.fetch === undefined) ? { ...sent, outcome: before.outcome } : sent;
  return new ConnectionError(messageOf(call, progress, `got no answer: ${reason.text}`), { ...progress, ...facts });
}

export const aborted = (call: PreparedCall, { attempts, outcome }: Progress): AbortedError =>
  new AbortedError(messageOf(call, { attempts, outcome }, "was aborted"), {
    attempts,
    outcome,
    cause: call.options.signal?.reason,
  });
