import type { Config } from "./config.ts";
import type { DayZeroError, ErrorFacts, Outcome } from "./errors.ts";
import type { CallOptions } from "./options.ts";
import type { Route } from "./routes.ts";

/** One call of a method, and how far it has come. */
export interface Call {
  readonly config: Config;
  readonly route: Route;
  readonly options: CallOptions;
  readonly url: string;
  readonly body: string | undefined;
  attempts: number;
  outcome: Outcome;
}

/** How a call ended. A refusal is a value here; it is thrown, or handed out, at the very edge. */
export interface Answer {
  readonly response?: Response | undefined;
  /** The data of a success, or the body of a refusal that is documented. */
  readonly body?: unknown;
  readonly error?: DayZeroError | undefined;
}

/** An error that says which call it was, how far it came and whether it may have been carried out. */
export function failure(
  { route, attempts, outcome }: Call,
  ErrorClass: typeof DayZeroError,
  what: string,
  facts?: ErrorFacts,
): DayZeroError {
  const doubt = outcome === "unknown" && route.method === "POST" ? " (may have been carried out)" : "";
  return new ErrorClass(`${route.operation} ${what}${doubt}`, { attempts, outcome, ...facts });
}
