import { ConfigError } from "./errors.ts";
import { kindOf } from "./kind-of.ts";
import type { SharedOptions } from "./options.ts";

const defaults = { timeout: 30_000, totalTimeout: 120_000, maxRetries: 2, maxRetryAfter: 60_000 };

/** What bounds a call. Times are in milliseconds. */
export type Limits = Readonly<typeof defaults>;

/** The numbers that bound a call: its own, else the client's, else the defaults. */
export function limitsOf(client: SharedOptions, call: SharedOptions): Limits {
  const limits = { ...defaults };
  for (const name of Object.keys(defaults) as (keyof Limits)[]) {
    const limit: unknown = call[name] ?? client[name] ?? defaults[name];
    if (typeof limit !== "number") throw new ConfigError(`${name} must be a number, not ${kindOf(limit)}`);
    if (!(limit >= 0)) throw new ConfigError(`${name} has to be 0 or more, not ${limit}`);
    limits[name] = limit;
  }
  return limits;
}
