import type { DayZeroError } from "./errors.ts";

/**
 * Whether sending the call again can help, and can't harm: a read is sent again whenever the failure may pass, a write
 * only if it surely was not carried out.
 */
export const mayRetry = ({ code, status, outcome }: DayZeroError, isRead: boolean): boolean =>
  /^(connection|timeout|408|429|50[0234])$/.test(String(status ?? code)) && (isRead || outcome !== "unknown");

/** A random wait below 0.5, 1, 2, 4 and then always 8 seconds, so that clients that failed together come back apart. */
export const backoff = (retry: number): number => Math.random() * Math.min(8000, 500 * 2 ** retry);

/** The milliseconds that a `Retry-After` asks for. A date counts from the server's own clock, where it shows it. */
export function readRetryAfter(headers: Response["headers"]): number | undefined {
  const asked = headers.get("retry-after") ?? "";
  if (/^\d+$/.test(asked)) return Number(asked) * 1000;
  const wait = Date.parse(asked) - (Date.parse(headers.get("date") ?? "") || Date.now());
  return Number.isNaN(wait) ? undefined : Math.max(0, wait);
}
