import type { ApiError } from "./api-errors.ts";
import { aborted, attempt } from "./attempt.ts";
import { pause } from "./bounded.ts";
import type { Answer, Call } from "./call.ts";
import type { Config } from "./config.ts";
import { ConfigError, isDayZeroError } from "./errors.ts";
import { limitsOf } from "./limits.ts";
import type { CallOptions } from "./options.ts";
import { backoff, mayRetry } from "./retries.ts";
import type { Route } from "./routes.ts";
import { withoutSecrets } from "./secrets.ts";
import { urlOf } from "./url.ts";

/** What a method says, before it is put on the wire. */
export interface Request {
  readonly id?: string;
  readonly query?: object | undefined;
  readonly body?: unknown;
}

/** Makes the call, as often as it may be made. Never rejects: every failure is in the answer. */
export async function send(config: Config, route: Route, request: Request, options: CallOptions): Promise<Answer> {
  try {
    const { timeout, totalTimeout, maxRetries, maxRetryAfter } = limitsOf(config, options);
    const deadline = performance.now() + totalTimeout;
    const body: string | undefined = JSON.stringify(request.body);
    const url = config.baseUrl + urlOf(route.path, request.id, request.query);
    const call: Call = { config, route, options, url, body, attempts: 0, outcome: "not_sent" };
    for (let retry = 0; ; retry++) {
      const left = deadline - performance.now();
      const answer = await attempt(call, Math.min(timeout, left), left < timeout ? totalTimeout : timeout);
      const { error } = answer;
      if (!error || retry >= maxRetries || !mayRetry(error, route.method === "GET")) return answer;
      const { retryAfter = 0 } = error as ApiError;
      // Timers may fire a little early, and a server must not be asked again before it said.
      const wait = Math.max(retryAfter + 1, backoff(retry));
      if (retryAfter > maxRetryAfter || performance.now() + wait > deadline) return answer;
      if (!(await pause(wait, options.signal))) return { error: aborted(call) };
    }
  } catch (cause) {
    return {
      error: isDayZeroError(cause)
        ? cause
        : new ConfigError(`${route.operation} can't be sent`, { cause: withoutSecrets(cause) }),
    };
  }
}
