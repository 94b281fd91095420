import type { AnyDayZeroError } from "./any-error.ts";
import { ApiError } from "./api-errors.ts";
import { aborted, attempt } from "./attempt.ts";
import { pause } from "./bounded.ts";
import { type Answer, type Call, newCallId, type PreparedCall, type Progress } from "./call.ts";
import { reasonOf, withoutSecrets } from "./causes.ts";
import type { Config } from "./config.ts";
import { ConfigError } from "./errors.ts";
import { kindOf } from "./kind-of.ts";
import { limitsOf } from "./limits.ts";
import { notifyError } from "./notify.ts";
import type { CallOptions } from "./options.ts";
import { backoff, mayRetry } from "./retries.ts";
import type { Route } from "./routes.ts";
import { urlOf } from "./url.ts";

/** What a method says, before it is put on the wire. */
export interface Request {
  readonly id?: string;
  readonly query?: object | undefined;
  readonly body?: unknown;
  /** The arguments, by name, that are nothing but text. */
  readonly texts?: Readonly<Record<string, unknown>>;
}

/** Makes the call, as often as it may be made. Never rejects: every failure is in the answer. */
export async function send(config: Config, route: Route, request: Request, options: CallOptions): Promise<Answer> {
  const call: Call = { id: newCallId(), config, route, options };
  const prepared = prepare(call, request);
  if (!(prepared instanceof ConfigError)) return await sendPrepared(prepared);
  notifyError(call, prepared, undefined);
  return { error: prepared };
}

function prepare(call: Call, { id, query, body, texts = {} }: Request): PreparedCall | ConfigError {
  const { config, route, options } = call;
  try {
    for (const [name, value] of Object.entries(texts)) {
      if (typeof value !== "string") throw new ConfigError(`${name} must be a string, not ${kindOf(value)}`);
    }
    return {
      ...call,
      limits: limitsOf(config, options),
      url: config.baseUrl + urlOf(route.path, id, query),
      body: JSON.stringify(body),
    };
  } catch (cause) {
    if (cause instanceof ConfigError) return cause;
    const { text } = reasonOf(cause, config.mask);
    return new ConfigError(`${route.operation} can't be sent: ${text}`, { cause: withoutSecrets(cause, config.mask) });
  }
}

async function sendPrepared(call: PreparedCall): Promise<Answer> {
  const { timeout, totalTimeout } = call.limits;
  const deadline = performance.now() + totalTimeout;
  let before: Progress = { attempts: 0, outcome: "not_sent" };
  for (let retry = 0; ; retry++) {
    const left = deadline - performance.now();
    const answer = await attempt(call, before, Math.min(timeout, left), left < timeout ? totalTimeout : timeout);
    const { error } = answer;
    if (error === undefined) return answer;
    const wait = waitAfter(error, retry, deadline, call);
    notifyError(call, error, wait);
    if (wait === undefined) return answer;
    if (!(await pause(wait, call.options.signal))) {
      const abort = aborted(call, error);
      notifyError(call, abort, undefined);
      return { error: abort };
    }
    before = { attempts: error.attempts, outcome: error.outcome };
  }
}

/** The milliseconds until the call is sent again; undefined where it is not. */
function waitAfter(error: AnyDayZeroError, retry: number, deadline: number, call: PreparedCall): number | undefined {
  const { maxRetries, maxRetryAfter } = call.limits;
  if (retry >= maxRetries || !mayRetry(error, call.route.method === "GET")) return undefined;
  const retryAfter = (error instanceof ApiError && error.retryAfter) || 0;
  // Timers may fire a little early, and a server must not be asked again before it said.
  const wait = Math.max(retryAfter + 1, backoff(retry));
  return retryAfter > maxRetryAfter || performance.now() + wait > deadline ? undefined : wait;
}
