import { vi } from "vitest";

/** Makes the waits between attempts pass at once, and tells how long they would have been, in milliseconds. */
export function skipWaits(): number[] {
  const waits: number[] = [];
  const start = globalThis.setTimeout;
  vi.spyOn(Math, "random").mockReturnValue(0);
  const skip = (run: () => void, ms = 0) => {
    // What is longer bounds an attempt.
    if (ms >= 20_000) return start(run, ms);
    waits.push(Math.floor(ms));
    return start(run, 0);
  };
  vi.spyOn(globalThis, "setTimeout").mockImplementation(Object.assign(skip, { __promisify__: start.__promisify__ }));
  return waits;
}
