import { env, isBrowser } from "./environment.ts";
import { ConfigError } from "./errors.ts";
import { checkToken } from "./headers.ts";
import type { ApiToken, DayZeroOptions } from "./options.ts";
import { VERSION } from "./version.ts";

/** A client's options, completed and checked. */
export interface Config extends DayZeroOptions {
  readonly apiToken: ApiToken;
  readonly baseUrl: string;
  /** The routes whose deprecation has been told. */
  readonly deprecated: Set<string>;
}

/** Takes what is not given from the environment. Throws ConfigError, without ever showing a value. */
export function configure(options: DayZeroOptions): Config {
  if (isBrowser() && !options.dangerouslyAllowBrowser) {
    throw new ConfigError("Pages show their credential: see dangerouslyAllowBrowser");
  }
  const apiToken = options.apiToken ?? env("DAYZERO_API_TOKEN");
  if (typeof apiToken !== "function") checkToken(apiToken);
  const name = `dayzero-tokens-client/${VERSION}`;
  return {
    ...options,
    apiToken: apiToken as ApiToken,
    deprecated: new Set(),
    baseUrl: baseUrlOf(options),
    businessId: options.businessId ?? env("DAYZERO_BUSINESS_ID"),
    // Browsers forbid it, or ask the server first.
    userAgent: isBrowser() ? undefined : `${name} ${options.userAgent ?? ""}`.trim(),
  };
}

function baseUrlOf({ baseUrl, allowInsecureHttp }: DayZeroOptions): string {
  const given = baseUrl ?? env("DAYZERO_BASE_URL") ?? "https://api.ondayzero.com";
  const url = URL.canParse(given) ? new URL(given) : undefined;
  const isLoopback = /^(localhost|127(\.\d+){3}|\[::1\])$/.test(url?.hostname ?? "");
  const allowed = isLoopback || allowInsecureHttp ? /^https?:/ : /^https:/;
  if (!url || !allowed.test(url.href) || url.href !== url.origin + url.pathname) {
    throw new ConfigError("baseUrl has to be a plain https URL (see allowInsecureHttp)");
  }
  return url.href.replace(/\/+$/, "");
}
