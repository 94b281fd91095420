import { ConfigError } from "./errors.ts";
import type { SharedOptions } from "./options.ts";

const defaults = { timeout: 30_000, totalTimeout: 120_000, maxRetries: 2, maxRetryAfter: 60_000 };

/** The numbers that bound a call: its own, else the client's, else the defaults. */
export function limitsOf(client: SharedOptions, call: SharedOptions): typeof defaults {
  const limits = { ...defaults };
  for (const name of Object.keys(defaults) as (keyof typeof defaults)[]) {
    limits[name] = call[name] ?? client[name] ?? defaults[name];
    if (!(limits[name] >= 0)) throw new ConfigError(`${name} has to be 0 or more`);
  }
  return limits;
}
