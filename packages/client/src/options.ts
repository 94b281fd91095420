import type { Operation } from "./routes.ts";

/** Where a token comes from: itself, or a function that is asked before every attempt. */
export type ApiToken = string | (() => string | Promise<string>);

/** What is handed to `fetch`. */
export interface FetchInit {
  /** `GET` or `POST`. */
  method: string;
  /** With lower-case names, the credential among them. */
  headers: Record<string, string>;
  /** JSON. */
  body?: string;
  /** Redirects are refused, so they are not to be followed. */
  redirect: "manual";
  /** Aborts when the attempt is over: by time, or by the caller's signal. */
  signal: AbortSignal;
}

/** The platform's `fetch`, or anything that can stand for it. */
export type Fetch = (url: string, init: FetchInit) => Promise<Response>;

/** A request that is about to be sent. */
export interface RequestEvent {
  /** The method of the client. */
  readonly operation: Operation;
  /** `GET` or `POST`. */
  readonly method: string;
  /** The whole URL, query included. */
  readonly url: string;
  /** With credentials masked. */
  readonly headers: Readonly<Record<string, string>>;
  /** 1 for the first, 2 for the first retry. */
  readonly attempt: number;
}

/** An answer that has been read. Bodies are never shown: one of them holds a secret. */
export interface ResponseEvent extends RequestEvent {
  /** The HTTP status. */
  readonly status: number;
  /** The server's `x-request-id`, where it sends one. */
  readonly requestId: string | undefined;
  /** From sending to the end of the body, in milliseconds. */
  readonly duration: number;
}

/** Whoever is told what a program can't act on: `console`, or any other log. */
export interface Logger {
  /** Takes one line, with secrets masked. */
  warn(message: string): void;
}

/** What a client and a single call can both decide; the call wins. Times are in milliseconds. */
export interface SharedOptions {
  /** The business to act in, a UUID: the header `x-business-id`. Default: `DAYZERO_BUSINESS_ID`. */
  readonly businessId?: string | undefined;
  /** Who is behind the call, for the API's audit trail: the header `x-user-email`. */
  readonly userEmail?: string | undefined;
  /** Further headers. They can't replace those that this client sets, `authorization` first of all. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** How long one attempt may take, its body included. Default: 30 000. Throws TimeoutError. */
  readonly timeout?: number | undefined;
  /** How long a call may take, all attempts and waits included. Default: 120 000. Throws TimeoutError. */
  readonly totalTimeout?: number | undefined;
  /**
   * How often a call is sent again. Default: 2; 0 means one attempt. `list` is retried after network failures, 408, 429
   * and 5xx; `create` and `revoke` only where they surely were not carried out: the connection was never made, 429, or
   * 503 with `Retry-After`.
   */
  readonly maxRetries?: number | undefined;
  /** The longest `Retry-After` that is waited for. Default: 60 000. Above it, the refusal is thrown at once. */
  readonly maxRetryAfter?: number | undefined;
}

/** What a single call can decide. */
export interface CallOptions extends SharedOptions {
  /** Ends the call, whatever it is doing: sending, reading or waiting. Throws AbortedError. */
  readonly signal?: AbortSignal | undefined;
}

/** How a client is set up. */
export interface DayZeroOptions extends SharedOptions {
  /** The credential, `dz_…`. Default: `DAYZERO_API_TOKEN`. */
  readonly apiToken?: ApiToken | undefined;
  /**
   * Where the API is. Default: `DAYZERO_BASE_URL`, else `https://api.ondayzero.com`. A path prefix is kept; credentials
   * and queries are refused, and so is plain http except to this machine.
   */
  readonly baseUrl?: string | undefined;
  /** Allows plain http to other machines. The credential then travels in the clear. Default: false. */
  readonly allowInsecureHttp?: boolean | undefined;
  /** Allows use in a browser, where whoever opens the page can read the credential. Default: false. */
  readonly dangerouslyAllowBrowser?: boolean | undefined;
  /** Replaces the platform's `fetch`: for proxies, agents, tests. Looked up anew for every attempt. */
  readonly fetch?: Fetch | undefined;
  /** Named after this client in the `user-agent` header, `my-app/1.2`. Not sent from browsers. */
  readonly userAgent?: string | undefined;
  /**
   * How answers are checked: `"shape"`, that the fields which a program stands on are there (the default); `"off"`, only
   * that they are JSON; or a check of yours, which throws. What fails is thrown as ResponseFormatError.
   */
  readonly responseValidation?: "off" | "shape" | ((operation: Operation, body: unknown) => void) | undefined;
  /** Called before each attempt. What it throws is reported to `logger`, and changes nothing. */
  readonly onRequest?: ((event: RequestEvent) => void) | undefined;
  /** Called after each answer. What it throws is reported to `logger`, and changes nothing. */
  readonly onResponse?: ((event: ResponseEvent) => void) | undefined;
  /** Hears of deprecated routes, once each. Default: `console`. */
  readonly logger?: Logger | undefined;
}
