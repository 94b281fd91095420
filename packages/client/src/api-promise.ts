import type { Answer } from "./call.ts";
import { requestIdOf } from "./judge.ts";
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

/** A call that is under way. Await it for its data; it rejects with a DayZeroError. */
export interface ApiPromise<Data, Result> extends Promise<Data> {
  /** The data together with the platform's response. Rejects as the promise itself does. */
  withResponse(): Promise<WithResponse<Data>>;
  /** What became of the call, as a union told apart by `status`. Never rejects. */
  result(): Promise<Result>;
}

export function apiPromise<Data, Result>(route: Route, answer: Promise<Answer>): ApiPromise<Data, Result> {
  const promise = answer.then(({ body, error }) => {
    if (error) throw error;
    return body as Data;
  });
  return Object.assign(promise, {
    withResponse: async () => {
      const data = await promise;
      const { response } = await answer;
      return { data, response: response as Response, requestId: requestIdOf(response) };
    },
    result: () => {
      // Whoever asks for the result has been told.
      promise.catch(() => {});
      return answer.then((known) => resultOf(route, known) as Result);
    },
  });
}

function resultOf({ success }: Route, { response, body, error }: Answer) {
  const facts = { body, headers: response?.headers, requestId: requestIdOf(response), error };
  if (!error) return { ok: true, status: success, ...facts };
  const noAnswer = /^(aborted|connection|timeout)$/.test(error.code);
  return { ok: false, status: noAnswer ? "network" : body === undefined ? "other" : error.status, ...facts };
}
