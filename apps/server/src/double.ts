import { type DoubleOptions, type Listening, listen } from "./server.ts";

export type { DoubleOptions } from "./server.ts";

/** A running double. `await using` closes it at the end of the scope. */
export interface Double extends Listening, AsyncDisposable {}

/** Starts a double; resolves when it accepts connections. Rejects when the port cannot be had. */
export async function startDouble(options: DoubleOptions = {}): Promise<Double> {
  const listening = await listen(options);
  return { ...listening, [Symbol.asyncDispose]: listening.close };
}
