import type { Call } from "./call.ts";
import type { Config } from "./config.ts";
import { requestIdOf } from "./judge.ts";
import type { RequestEvent } from "./options.ts";
import { maskHeaders, scrub } from "./secrets.ts";

interface Started extends RequestEvent {
  readonly at: number;
}

export function notifyRequest({ config, route, url, attempts }: Call, headers: Record<string, string>): Started {
  const { operation, method } = route;
  const event = { operation, method, url, headers: maskHeaders(headers), attempt: attempts };
  observe(config, config.onRequest, event);
  return { ...event, at: performance.now() };
}

export function notifyResponse({ config }: Call, { at, ...event }: Started, response: Response): void {
  const { status, headers } = response;
  const duration = performance.now() - at;
  observe(config, config.onResponse, { ...event, status, requestId: requestIdOf(response), duration });
  const notice = headers.get("sunset") ?? headers.get("deprecation");
  if (notice === null || config.deprecated.has(event.operation)) return;
  config.deprecated.add(event.operation);
  warn(config, `${event.operation} is deprecated: ${notice}`);
}

/** What an observer throws must not decide what becomes of a call: the answer may hold a secret that is shown once. */
function observe<Event>(config: Config, hook: ((event: Event) => void) | undefined, event: Event): void {
  try {
    hook?.(event);
  } catch (cause) {
    warn(config, `A hook threw: ${cause}`);
  }
}

function warn({ logger = console }: Config, message: string): void {
  try {
    logger.warn(`dayzero-tokens: ${scrub(message)}`);
  } catch {
    // Nobody is left to be told.
  }
}
