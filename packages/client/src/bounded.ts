import { onAbort } from "./on-abort.ts";

/** What {@link bounded} rejects with when the time is over. */
export const timeUp: unique symbol = Symbol();

// A longer timer would fire at once.
const longestTimer = 2 ** 31 - 1;

/**
 * Runs `step` until it settles, `ms` have passed or `signal` aborts, whichever is first, and leaves no timer and no
 * listener behind. The step's own signal aborts with it, but is not waited for: not every `fetch` heeds it.
 */
export async function bounded<T>(
  step: (signal: AbortSignal) => Promise<T>,
  ms: number,
  signal: AbortSignal | undefined,
): Promise<T> {
  signal?.throwIfAborted();
  const controller = new AbortController();
  let stop = (_reason: unknown) => {};
  const stopped = new Promise<never>((_, reject) => {
    stop = (reason) => {
      reject(reason);
      controller.abort(reason);
    };
  });
  const timer = setTimeout(() => stop(timeUp), Math.min(ms, longestTimer));
  const forget = signal && onAbort(signal, () => stop(signal.reason));
  try {
    return await Promise.race([step(controller.signal), stopped]);
  } finally {
    clearTimeout(timer);
    forget?.();
  }
}

/** Resolves after `ms` to true, or as soon as `signal` aborts to false. */
export const pause = (ms: number, signal: AbortSignal | undefined): Promise<boolean> =>
  bounded(() => new Promise<never>(() => {}), ms, signal).catch((reason) => reason === timeUp);
