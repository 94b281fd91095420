import { APITokenCreateResponse, APITokenListResponse } from "@dayzero-tokens/contract";
import { controlContract } from "@dayzero-tokens/contract/control";
import { initClient } from "@ts-rest/core";
import { expect } from "vitest";
import type { Double } from "../src/index.ts";
import { wellKnown } from "../src/world/well-known.ts";

/** A client of the double's control plane, over a socket; what it is answered is held against the contract. */
export const controlOf = ({ url, controlToken }: Pick<Double, "url" | "controlToken">) =>
  initClient(controlContract, {
    baseUrl: url,
    baseHeaders: controlToken === undefined ? {} : { authorization: `Bearer ${controlToken}` },
    validateResponse: true,
  });
export type Control = ReturnType<typeof controlOf>;

/** The body of an answer that has the status; where it has another, the test fails and shows what came. */
export function bodyOf<Answer extends { status: number; body: unknown }, Status extends Answer["status"]>(
  answer: Answer,
  status: Status,
): Extract<Answer, { status: Status }>["body"] {
  expect({ status: answer.status, body: answer.body }).toMatchObject({ status });
  return (answer as Extract<Answer, { status: Status }>).body;
}

/** Where requests go: over a socket to the URL, unless there is a `fetch` to take. */
export interface Target {
  readonly url: string;
  readonly fetch?: typeof fetch;
}

/** Who is asking. */
export interface Credentials {
  readonly token: string;
  readonly businessId: string;
}

export const wellKnownCaller: Credentials = { token: wellKnown.secret, businessId: wellKnown.businessId };

/** An answer, its JSON parsed. */
export interface Answered {
  readonly status: number;
  readonly headers: Headers;
  readonly body: unknown;
}

/** What a caller sends to say who it is. */
export const headersOf = ({ token, businessId }: Credentials) => ({
  authorization: `Bearer ${token}`,
  "x-business-id": businessId,
  "content-type": "application/json",
});

/** The three operations, with nothing between a test and the answer. */
export function callsOf(target: Target, credentials: Credentials) {
  const call = async (path: string, init: RequestInit = {}): Promise<Answered> => {
    const { fetch = globalThis.fetch, url } = target;
    const response = await fetch(`${url}/api/v1/tokens${path}`, { headers: headersOf(credentials), ...init });
    const text = await response.text();
    const isJson = response.headers.get("content-type") === "application/json";
    return { status: response.status, headers: response.headers, body: isJson ? JSON.parse(text) : text };
  };
  const create = (body: object = { name: "ci" }) => call("", { method: "POST", body: JSON.stringify(body) });
  const list = (query = "") => call(query);
  return {
    call,
    create,
    list,
    revoke: (id: string, body: object = {}) => call(`/${id}/revoke`, { method: "POST", body: JSON.stringify(body) }),
    /** Creates a token and answers with its secret and record. */
    async created(body?: object) {
      const answer = await create(body);
      expect(answer).toMatchObject({ status: 201 });
      return APITokenCreateResponse.parse(answer.body);
    },
    /** The tokens on the first page. */
    async listed(query?: string) {
      const answer = await list(query);
      expect(answer).toMatchObject({ status: 200 });
      return APITokenListResponse.parse(answer.body).items;
    },
  };
}

/** A request that never got an answer: the error that the platform's fetch gives. */
export async function failureOf(request: Promise<unknown>): Promise<{ name: string; message: string; code: unknown }> {
  const error: unknown = await request.then(
    (answer) => new Error(`An answer came: ${JSON.stringify(answer)}`),
    (rejection: unknown) => rejection,
  );
  if (!(error instanceof Error)) throw error;
  return { name: error.name, message: error.message, code: Object(error.cause).code };
}
