import type { Config } from "./config.ts";
import { ConfigError, isDayZeroError } from "./errors.ts";
import type { CallOptions } from "./options.ts";
import { isApiToken, scrub, withoutSecrets } from "./secrets.ts";

/** The headers of one attempt. The credential is asked for anew, and checked before it meets anything that prints. */
export async function requestHeaders(config: Config, options: CallOptions, isJson: boolean) {
  const businessId = options.businessId ?? config.businessId;
  if (!businessId) throw new ConfigError("businessId, or DAYZERO_BUSINESS_ID, is missing");
  const headers = new Headers();
  const ours = {
    accept: "application/json",
    authorization: `Bearer ${await readToken(config)}`,
    "content-type": isJson ? "application/json" : undefined,
    "user-agent": config.userAgent,
    "x-business-id": businessId,
    "x-user-email": options.userEmail ?? config.userEmail,
  };
  // Ours come last, and a later name replaces an earlier one in whatever case.
  for (const [name, value] of [config.headers, options.headers, ours].flatMap((part) => Object.entries(part ?? {}))) {
    try {
      if (value !== undefined) headers.set(name, value);
    } catch {
      // Without its cause, which would print the value.
      throw new ConfigError(`header ${scrub(name)} is malformed`);
    }
  }
  return Object.fromEntries(headers);
}

async function readToken({ apiToken }: Config): Promise<string> {
  if (typeof apiToken !== "function") return apiToken;
  try {
    return checkToken(await apiToken());
  } catch (cause) {
    if (isDayZeroError(cause)) throw cause;
    throw new ConfigError("apiToken() failed", { cause: withoutSecrets(cause) });
  }
}

/** A malformed credential never reaches the platform, which would print it. */
export function checkToken(token: string | undefined): string {
  if (token !== undefined && isApiToken(token)) return token;
  throw new ConfigError('apiToken, or DAYZERO_API_TOKEN, has to be "dz_" and a JWT');
}
