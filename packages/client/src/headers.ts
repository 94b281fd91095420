import type { Call, Progress } from "./call.ts";
import { withoutSecrets } from "./causes.ts";
import { env } from "./environment.ts";
import { ConfigError } from "./errors.ts";
import { isRecord } from "./is-record.ts";
import type { HeadersOption } from "./options.ts";

/** The headers of one attempt. The credential is asked for anew, and checked before it meets anything that prints. */
export async function requestHeaders(call: Call, isJson: boolean, before: Progress): Promise<Record<string, string>> {
  const { config, options } = call;
  const businessId = options.businessId ?? config.businessId ?? env("DAYZERO_BUSINESS_ID");
  if (!businessId) throw new ConfigError("businessId, or DAYZERO_BUSINESS_ID, is missing", before);
  const ours = {
    accept: "application/json",
    authorization: `Bearer ${await readToken(call, before)}`,
    "content-type": isJson ? "application/json" : undefined,
    "user-agent": config.userAgent,
    "x-business-id": businessId,
    "x-user-email": options.userEmail ?? config.userEmail,
  };
  const headers = new Headers();
  // Ours come last, and a later name replaces an earlier one in whatever case.
  for (const [name, value] of [config.headers, options.headers, ours].flatMap(entriesOf)) {
    try {
      if (value != null) headers.set(name, value);
    } catch {
      // Without its cause, which would print the value.
      throw new ConfigError(`header ${config.mask.text(String(name))} can't be sent`, before);
    }
  }
  return Object.fromEntries(headers);
}

type Entry = readonly [name: string, value: string | undefined];

const entriesOf = (headers: HeadersOption | undefined): Entry[] =>
  isIterable(headers) ? [...headers] : Object.entries(headers ?? {});

const isIterable = (value: unknown): value is Iterable<Entry> => isRecord(value) && Symbol.iterator in value;

async function readToken({ config }: Call, before: Progress): Promise<string> {
  const apiToken = config.apiToken ?? env("DAYZERO_API_TOKEN");
  if (apiToken === undefined) throw new ConfigError("apiToken, or DAYZERO_API_TOKEN, is missing", before);
  const token = checkToken(typeof apiToken === "function" ? await ask(apiToken) : apiToken, before);
  config.mask.learn(token);
  return token;

  async function ask(source: () => string | Promise<string>) {
    try {
      return await source();
    } catch (cause) {
      throw new ConfigError("apiToken failed", { ...before, cause: withoutSecrets(cause, config.mask) });
    }
  }
}

/** A malformed credential never reaches the platform, which would print it. */
export function checkToken(token: unknown, before?: Progress): string {
  if (typeof token === "string" && /^dz_[\w.-]+$/.test(token)) return token;
  throw new ConfigError('apiToken, or DAYZERO_API_TOKEN, has to be "dz_" and a JWT', before);
}
