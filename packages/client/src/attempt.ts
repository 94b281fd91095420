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
import { type Received, readBody } from "./read-body.ts";

/** Sends the call once more, and reads the whole answer within `ms`. Never rejects. */
export async function attempt(call: PreparedCall, before: Progress, ms: number, limit: number): Promise<Answer> {
  let sent = before;
  const success: Received = { text: "" };
  try {
    const { event, response, text, isWhole, duration } = await bounded(
      async (signal) => {
        const headers = await requestHeaders(call, call.body !== undefined, before);
        // The credential may have come too late, and not every fetch would notice.
        signal.throwIfAborted();
        sent = { attempts: before.attempts + 1, outcome: "unknown" };
        return exchange(call, sent.attempts, headers, signal, success);
      },
      ms,
      call.options.signal,
    );
    const answer = await judge(call, before, response, text, isWhole);
    notifyResponse(call, { ...event, duration }, response, answer);
    return answer;
  } catch (cause) {
    return { error: errorOf(call, { cause, before, sent, text: success.text, limit }) };
  }
}

async function exchange(
  call: PreparedCall,
  n: number,
  headers: Record<string, string>,
  signal: AbortSignal,
  success: Received,
) {
  const { config, route, url, body } = call;
  const { method } = route;
  const event = notifyRequest(call, n, headers);
  const start = performance.now();
  const init: FetchInit = { method, headers, redirect: "manual", signal, ...(body !== undefined && { body }) };
  const response = await (config.fetch ?? fetch)(url, init);
  const received: Received = response.ok ? success : { text: "" };
  const isWhole = await readBody(response, received);
  return { event, response, text: received.text, isWhole, duration: performance.now() - start };
}

interface Failure {
  readonly cause: unknown;
  readonly before: Progress;
  readonly sent: Progress;
  /** What came of a success until then. */
  readonly text: string;
  readonly limit: number;
}

function errorOf(call: PreparedCall, { cause, before, sent, text, limit }: Failure): AnyDayZeroError {
  const { config, options, route } = call;
  if (options.signal?.aborted) return aborted(call, sent, text);
  if (cause === timeUp)
    return new TimeoutError(messageOf(call, sent, `took longer than ${limit} ms`), { ...sent, text });
  if (sent === before && cause instanceof ConfigError) return cause;
  const reason = reasonOf(cause, config.mask);
  const facts = { cause: withoutSecrets(cause, config.mask), text };
  if (sent === before)
    return new ConfigError(`${route.operation} can't be sent: ${reason.text}`, { ...before, ...facts });
  const progress = neverConnected(reason, config.fetch === undefined) ? { ...sent, outcome: before.outcome } : sent;
  return new ConnectionError(messageOf(call, progress, `got no answer: ${reason.text}`), { ...progress, ...facts });
}

export const aborted = (call: PreparedCall, { attempts, outcome }: Progress, text?: string): AbortedError =>
  new AbortedError(messageOf(call, { attempts, outcome }, "was aborted"), {
    attempts,
    outcome,
    cause: call.options.signal?.reason,
    text,
  });
