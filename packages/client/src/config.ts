import { env, isBrowser } from "./environment.ts";
import { ConfigError } from "./errors.ts";
import { checkToken } from "./headers.ts";
import { type LogLevel, logLevelOf } from "./log.ts";
import { Mask } from "./mask.ts";
import type { DayZeroOptions } from "./options.ts";
import { VERSION } from "./version.ts";

/** A client's options, completed and checked. */
export interface Config extends DayZeroOptions {
  readonly baseUrl: string;
  readonly logLevel: LogLevel;
  /** The routes whose deprecation has been told. */
  readonly deprecated: Set<string>;
  /** What hides the client's secrets from whatever prints. */
  readonly mask: Mask;
}

/** Takes what is not given from the environment. Throws ConfigError, without ever showing a value. */
export function configure(options: DayZeroOptions): Config {
  if (isBrowser() && !options.dangerouslyAllowBrowser) {
    throw new ConfigError("Pages show their credential: see dangerouslyAllowBrowser");
  }
  const apiToken = options.apiToken ?? env("DAYZERO_API_TOKEN");
  // One that is missing is told at the first call: programs are built, and their modules loaded, without it.
  if (apiToken !== undefined && typeof apiToken !== "function") checkToken(apiToken);
  const name = `dayzero-tokens-client/${VERSION}`;
  return {
    ...options,
    apiToken,
    baseUrl: baseUrlOf(options),
    businessId: options.businessId ?? env("DAYZERO_BUSINESS_ID"),
    logLevel: logLevelOf(options.logLevel),
    deprecated: new Set(),
    mask: new Mask(),
    // Browsers forbid it, or ask the server first.
    userAgent: isBrowser() ? undefined : `${name} ${options.userAgent ?? ""}`.trim(),
  };
}

function baseUrlOf({ baseUrl, allowInsecureHttp = false }: DayZeroOptions): string {
  const given = baseUrl ?? env("DAYZERO_BASE_URL") ?? "https://api.ondayzero.com";
  const problem = URL.canParse(given) ? problemOf(new URL(given), allowInsecureHttp) : "is not a URL";
  if (problem) throw new ConfigError(`${baseUrl === undefined ? "DAYZERO_BASE_URL" : "baseUrl"} ${problem}`);
  return new URL(given).href.replace(/\/+$/, "");
}

function problemOf({ protocol, username, password, href, hostname }: URL, allowInsecureHttp: boolean) {
  if (protocol !== "https:" && protocol !== "http:") return "has to start with https://";
  if (username || password) return "has a user or a password";
  if (href.includes("?")) return "has a query";
  if (href.includes("#")) return "has a fragment";
  const isSafe = protocol === "https:" || loopback.test(hostname) || allowInsecureHttp;
  return !isSafe && "is plain http to another machine: see allowInsecureHttp";
}

const loopback = /^(localhost|127(\.\d+){3}|\[::1\])$/;
