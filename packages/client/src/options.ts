import type { AnyDayZeroError } from "./any-error.ts";
import type { LogLevel } from "./log.ts";
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
  /** The call that the attempt belongs to; unlike that of any other call. */
  readonly callId: string;
  /** The method of the client. */
  readonly operation: Operation;
  /** `GET` or `POST`. */
  readonly method: string;
  /** The whole URL, query included, with secrets masked. */
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
  /** Whether it is a success, and so the call's last event. Otherwise `onError` follows. */
  readonly ok: boolean;
  /** The server's `x-request-id`, where it sends one. */
  readonly requestId: string | undefined;
  /** From sending to the end of the body, in milliseconds. */
  readonly duration: number;
}

/** An attempt that failed, or a call that can't be sent. */
export interface ErrorEvent {
  /** The call that the attempt belongs to; unlike that of any other call. */
  readonly callId: string;
  /** The method of the client. */
  readonly operation: Operation;
  /** How many requests were sent, or begun. */
  readonly attempt: number;
  /** What went wrong. */
  readonly error: AnyDayZeroError;
  /** The milliseconds until the call is sent again; undefined where it is not, and the error is the call's. */
  readonly wait: number | undefined;
}

/** Whoever is told what a program can't act on: `console`, or any other log. */
export interface Logger {
  /** Takes one line, with secrets masked. */
  warn(message: string): void;
  /** Takes failed attempts, where `logLevel` asks for them. Default: `warn`. */
  info?(message: string): void;
  /** Takes every attempt and every answer, where `logLevel` asks for them. Default: `warn`. */
  debug?(message: string): void;
}

/** Headers: the platform's own, pairs, or an object. What is undefined is not sent. */
export type HeadersOption =
  | Iterable<readonly [name: string, value: string]>
  | Readonly<Record<string, string | undefined>>
  | Response["headers"];

/** What a client and a single call can both decide; the call wins. Times are in milliseconds. */
export interface SharedOptions {
  /** The business to act in, a UUID: the header `x-business-id`. Default: `DAYZERO_BUSINESS_ID`. */
  readonly businessId?: string | undefined;
  /** Who is behind the call, for the API's audit trail: the header `x-user-email`. */
  readonly userEmail?: string | undefined;
  /** Further headers. They can't replace those that this client sets, `authorization` first of all. */
  readonly headers?: HeadersOption | undefined;
  /** How long one attempt may take, its body included. Default: 30 000. Throws TimeoutError. */
  readonly timeout?: number | undefined;
  /** How long a call may take, all attempts and waits included. Default: 120 000. Throws TimeoutError. */
  readonly totalTimeout?: number | undefined;
  /**
   * How often a call is sent again. Default: 2; 0 means one attempt. `list` is sent again after network failures and
   * timeouts, 408, 429, 500, 502, 503, 504 and 520 to 524; `create` and `revoke` only where they surely were not carried
   * out: the connection was never made, 429, or 503 with `Retry-After`.
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
  /**
   * The credential, `dz_…`. Default: `DAYZERO_API_TOKEN`. One that is malformed is refused at once, one that is missing
   * at the first call.
   */
  readonly apiToken?: ApiToken | undefined;
  /**
   * Where the API is. Default: `DAYZERO_BASE_URL`, else `https://api.ondayzero.com`. A path prefix is kept; credentials
   * and queries are refused, and so is plain http except to this machine.
   */
  readonly baseUrl?: string | undefined;
  /** Allows plain http to other machines. The credential then travels in the clear. Default: false. */
  readonly allowInsecureHttp?: boolean | undefined;
  /**
   * Allows use in a browser, where whoever opens the page can read the credential. A browser may also send a `create`
   * twice: Chromium repeats a POST itself when a kept connection turns out to be closed, and tells nobody. Default: false.
   */
  readonly dangerouslyAllowBrowser?: boolean | undefined;
  /** Replaces the platform's `fetch`: for proxies, agents, tests. Looked up anew for every attempt. */
  readonly fetch?: Fetch | undefined;
  /** Named after this client in the `user-agent` header, `my-app/1.2`. Not sent from browsers. */
  readonly userAgent?: string | undefined;
  /**
   * How answers are checked: `"shape"`, that the fields which a program stands on are there (the default); `"off"`, only
   * that they are JSON; or a check of yours, which is given the data and throws or rejects. It is awaited, for `timeout`
   * at most. What fails is thrown as ResponseFormatError.
   */
  readonly responseValidation?: "off" | "shape" | ((operation: Operation, data: unknown) => unknown) | undefined;
  /** Called before each attempt. It is not waited for; what it throws is told to `logger`, and changes nothing. */
  readonly onRequest?: ((event: RequestEvent) => unknown) | undefined;
  /** Called after each answer. It is not waited for; what it throws is told to `logger`, and changes nothing. */
  readonly onResponse?: ((event: ResponseEvent) => unknown) | undefined;
  /** Called after each attempt that failed. It is not waited for; what it throws is told to `logger`, and changes nothing. */
  readonly onError?: ((event: ErrorEvent) => unknown) | undefined;
  /** Hears of deprecated routes, once each, of hooks that fail, and of more by `logLevel`. Default: `console`, on stderr. */
  readonly logger?: Logger | undefined;
  /** How much the logger is told. Default: `DAYZERO_LOG`, else `"warn"`. */
  readonly logLevel?: LogLevel | undefined;
}
