import type { AnyDayZeroError } from "./any-error.ts";
import type { Answer, Call, PreparedCall } from "./call.ts";
import { textOf } from "./causes.ts";
import type { Config } from "./config.ts";
import { log, settle } from "./log.ts";
import type { RequestEvent } from "./options.ts";

export function notifyRequest(call: PreparedCall, attempt: number, headers: Record<string, string>): RequestEvent {
  const { config, id, route } = call;
  const { operation, method } = route;
  const url = config.mask.text(call.url);
  const event = { callId: id, operation, method, url, headers: config.mask.requestHeaders(headers), attempt };
  log(config, "debug", `${operation} ${id}: ${method} ${url}, attempt ${attempt}`);
  observe(config, config.onRequest, event);
  return event;
}

export function notifyResponse(
  { config }: Call,
  event: RequestEvent & { readonly duration: number },
  { status, headers }: Response,
  { requestId, error }: Answer,
): void {
  const { callId, operation, duration } = event;
  log(config, "debug", `${operation} ${callId}: ${status} after ${Math.round(duration)} ms`);
  observe(config, config.onResponse, { ...event, status, requestId, ok: error === undefined });
  const notice = headers.get("sunset") ?? headers.get("deprecation");
  if (notice === null || config.deprecated.has(operation)) return;
  config.deprecated.add(operation);
  log(config, "warn", `${operation} is deprecated: ${notice}`);
}

export function notifyError({ config, id, route }: Call, error: AnyDayZeroError, wait: number | undefined): void {
  const { operation } = route;
  const next = wait === undefined ? "" : `; again in ${Math.round(wait)} ms`;
  log(config, "info", `${operation} ${id}: ${error.message}${next}`);
  observe(config, config.onError, { callId: id, operation, attempt: error.attempts, error, wait });
}

/** What an observer throws must not decide what becomes of a call: the answer may hold a secret that is shown once. */
function observe<Event>(config: Config, hook: ((event: Event) => unknown) | undefined, event: Event): void {
  const report = (cause: unknown) => log(config, "warn", `A hook threw: ${textOf(cause, config.mask)}`);
  try {
    settle(hook?.(event), report);
  } catch (cause) {
    report(cause);
  }
}
