import { isRecord } from "./is-record.ts";
import type { Mask } from "./mask.ts";

/** What an error says for itself. */
export interface Reason {
  readonly text: string;
  readonly code?: unknown;
  readonly syscall?: unknown;
}

/** The innermost reason: platforms wrap the error that has the code, some more than once. Nothing makes this throw. */
export function reasonOf(cause: unknown, mask: Mask): Reason {
  try {
    let at = cause;
    for (let depth = 0; depth < 5 && isRecord(at) && at["cause"]; depth++) at = at["cause"];
    if (!isRecord(at)) return { text: textOf(at, mask) };
    const { code, syscall, message } = at;
    return { code, syscall, text: textOf(code ?? message ?? at, mask) };
  } catch {
    return { text: unreadable };
  }
}

const unreadable = "an error that can't be read";

/** A value as a line of text, with secrets masked. Nothing makes this throw. */
export function textOf(value: unknown, mask: Mask): string {
  try {
    return mask.text(String(value)).slice(0, 300);
  } catch {
    return unreadable;
  }
}

/** The cause as it is, unless a secret may be seen in it: then an error that says the same, without it. */
export function withoutSecrets(cause: unknown, mask: Mask): unknown {
  const seen = new Set<unknown>();
  const reveals = (value: unknown): boolean => {
    if (!isRecord(value)) return typeof value === "function" || mask.text(String(value)) !== String(value);
    if (seen.has(value)) return false;
    seen.add(value);
    // An error's message and stack may be its class's.
    const keys = [...Reflect.ownKeys(value), "message", "stack"];
    return seen.size > mostParts || !isOpen(value) || keys.some((key) => reveals(value[key]));
  };
  try {
    if (!reveals(cause)) return cause;
  } catch {
    // What can't be looked at can't be shown.
  }
  return new Error(textOf(cause, mask));
}

// More than any error of a platform holds.
const mostParts = 1000;

/** Whether all that can be printed of it are its own properties: `Headers` and `Request`, say, show more. */
function isOpen(value: Readonly<Record<PropertyKey, unknown>>): boolean {
  if (typeof value[Symbol.for("nodejs.util.inspect.custom")] === "function") return false;
  // By its tag an error of another realm is known too.
  const isError = value instanceof Error || Object.prototype.toString.call(value) === "[object Error]";
  if (isError || Array.isArray(value)) return true;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}
