import type { AnyDayZeroError } from "./any-error.ts";

const passingStatuses: ReadonlySet<number> = new Set([408, 429, 500, 502, 503, 504, 520, 521, 522, 523, 524]);

/** Whether the same call may well succeed a little later. */
function isPassing({ code, status }: AnyDayZeroError): boolean {
  return status === undefined ? code === "connection" || code === "timeout" : passingStatuses.has(status);
}

/**
 * Whether sending the call again can help, and can't harm: a read is sent again whenever the failure may pass, a write
 * only if it surely was not carried out.
 */
export const mayRetry = (error: AnyDayZeroError, isRead: boolean): boolean =>
  isPassing(error) && (isRead || error.outcome !== "unknown");

/** A random wait below 0.5, 1, 2, 4 and then always 8 seconds, so that clients that failed together come back apart. */
export const backoff = (retry: number): number => Math.random() * Math.min(8000, 500 * 2 ** retry);

/**
 * The milliseconds that a `Retry-After` asks for: seconds in digits, or a date as HTTP writes it; anything else asks for
 * nothing. A date counts from the server's own clock, where it shows it.
 */
export function readRetryAfter(headers: Response["headers"]): number | undefined {
  const asked = headers.get("retry-after") ?? "";
  if (/^\d+$/.test(asked)) return Number(asked) * 1000;
  const until = readHttpDate(asked);
  return until && Math.max(0, until - (readHttpDate(headers.get("date") ?? "") ?? Date.now()));
}

/** Milliseconds since 1970. `Date.parse` takes much that is no date; what it took is written back to be sure. */
function readHttpDate(text: string): number | undefined {
  const time = Date.parse(text);
  return !Number.isNaN(time) && new Date(time).toUTCString() === text ? time : undefined;
}
