import { RateLimitError, ServerError } from "./api-errors.ts";
import type { Answer, Answered, Failed } from "./call.ts";
import { AbortedError, ConnectionError, TimeoutError } from "./errors.ts";
import type { Route } from "./routes.ts";

/** The data of an answer beside the answer itself. */
export interface WithResponse<Data> {
  /** What awaiting the call gives. */
  readonly data: Data;
  /** The platform's response. Its body has been read. */
  readonly response: Response;
  /** The server's `x-request-id`, where it sends one. */
  readonly requestId: string | undefined;
}

/**
 * A call that is under way. Await it for its data; it rejects with a DayZeroError. A call that nobody looks at fails in
 * silence, but for `onError`: it may be looked at later.
 */
export interface ApiPromise<Data, Result> extends Promise<Data> {
  /** The data together with the platform's response. Rejects as the promise itself does. */
  withResponse(): Promise<WithResponse<Data>>;
  /** What became of the call, as a union told apart by `status`. Never rejects. */
  result(): Promise<Result>;
}

export function apiPromise<Data, Result>(route: Route, answer: Promise<Answer>): ApiPromise<Data, Result> {
  const promise: Promise<Data> = answer.then(({ body, error }) => {
    // Handled from here on, and no earlier: stacks lead through a promise only while one alone waits for it.
    promise.catch(() => {});
    if (error) throw error;
    return body as Data;
  });
  return Object.assign(promise, {
    withResponse: async () => {
      const data = await promise;
      const { response, requestId } = (await answer) as Answered;
      return { data, response, requestId };
    },
    result: async () => resultOf(route, await answer) as Result,
  });
}

function resultOf({ success }: Route, answer: Answer) {
  const { body, headers, requestId, error } = answer;
  return error === undefined
    ? { ok: true, status: success, body, headers, requestId, error }
    : { ok: false, status: statusOf(answer), body, headers, requestId, error };
}

function statusOf({ error, body }: Failed): number | "network" | "other" {
  if (error instanceof AbortedError || error instanceof ConnectionError || error instanceof TimeoutError) {
    return "network";
  }
  const isDocumented = body !== undefined;
  if (isDocumented || error instanceof RateLimitError || error instanceof ServerError) return error.status ?? "other";
  return "other";
}
