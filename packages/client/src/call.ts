import type { AnyDayZeroError } from "./any-error.ts";
import type { Config } from "./config.ts";
import type { Outcome } from "./errors.ts";
import type { Limits } from "./limits.ts";
import type { CallOptions } from "./options.ts";
import type { Route } from "./routes.ts";

/** One call of a method. */
export interface Call {
  /** Told to hooks, so that they know which attempts belong together. */
  readonly id: string;
  readonly config: Config;
  readonly route: Route;
  readonly options: CallOptions;
}

/** A call that can be put on the wire. */
export interface PreparedCall extends Call {
  readonly limits: Limits;
  readonly url: string;
  readonly body: string | undefined;
}

/** How far a call has come. */
export interface Progress {
  readonly attempts: number;
  readonly outcome: Outcome;
}

/** What came with an answer, with secrets masked. */
export interface Reply {
  readonly response: Response;
  readonly headers: Response["headers"];
  readonly requestId: string | undefined;
}

/** A success. */
export interface Answered extends Reply {
  readonly body: unknown;
  readonly error?: undefined;
  /** The answer as a failure: what is wrong with it can show late. */
  refuse(what: string): Failed;
}

/** A failure: it is thrown, or handed out, at the very edge. */
export interface Failed extends Partial<Reply> {
  /** The body of a refusal that is documented. */
  readonly body?: unknown;
  readonly error: AnyDayZeroError;
}

/** How a call, or one attempt of it, ended. */
export type Answer = Answered | Failed;

/** An error's message: which call it was, what happened, and whether it may have been carried out all the same. */
export function messageOf({ route }: Call, { outcome }: Progress, what: string): string {
  const doubt = outcome === "unknown" && route.method === "POST" ? " (may have been carried out)" : "";
  return `${route.operation} ${what}${doubt}`;
}

let calls = 0;

/** Unlike any other, whatever copy of this package makes it. */
export const newCallId = (): string => `${++calls}-${Math.random().toString(36).slice(2, 8)}`;
