import { startDouble } from "@dayzero-tokens/server";

/**
 * Does something with a double in this process, and closes it.
 * @template T
 * @param {import("@dayzero-tokens/server").DoubleOptions} options
 * @param {(double: import("@dayzero-tokens/server").Double) => Promise<T>} work @returns {Promise<T>}
 */
export async function withDouble(options, work) {
  const double = await startDouble(options);
  try {
    return await work(double);
  } finally {
    await double.close();
  }
}
