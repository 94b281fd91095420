import { PythonFloat } from "@dayzero-tokens/fastapi/scalars";

// A secret, also a JWS that has lost its dz_; but not the prefix that is shown of one, `dz_abc...`.
const secrets = /dz_(?![\w.-]{3}\.{3}(?![\w.-]))[\w.-]+|eyJ(?:(?!dz_)[\w.-])+/g;
const isJws = /\.[\w-]+\./;
// One that has no encoded character, wherever it begins.
const inPlain = /dz_(?![\w.-]{3}\.{3}(?![\w.-]))[\w.-]|eyJ(?:(?!eyJ)[\w-])*\.[\w-]+\./;

// A secret stands in one such word, whichever of its characters are encoded: for a URL, up to ten times over, or for JSON.
const word = /[\w.%\\-]+/g;
const encoded = /%(?:25){0,9}[\da-f]{2}|(?<!\\)\\+u00[\da-f]{2}/gi;

// What base64 makes of dz_eyJ, by how many bytes of a group of three stand before it: the characters that depend on it alone.
const base64Starts = [0, 1, 2].map((before) =>
  Buffer.from(`${"x".repeat(before)}dz_eyJ`)
    .toString("base64")
    .slice(Math.ceil((before * 4) / 3), Math.floor(((before + 6) * 4) / 3)),
);
const base64Start = new RegExp(base64Starts.join("|"));
const inBase64 = new RegExp(`(?:${base64Start.source})\\w*`, "g");

const carriesCredentials = new Set(["authorization", "proxy-authorization", "cookie", "set-cookie", "x-api-key"]);

/** Whether a text may hold a secret. Cheap, and right when it says no. */
export const mayHoldSecret = (text: string): boolean =>
  inPlain.test(text) || text.includes("%") || text.includes("\\u00") || base64Start.test(text);

/** Replaces every `dz_…` in a text by its first characters, and tells `found` what stood there, decoded. */
export function maskText(text: string, found?: (secret: string) => void): string {
  if (!mayHoldSecret(text)) return text;
  return text.replace(word, (each) => {
    const plain = each.replace(encoded, decodeOne);
    const shown = maskPlain(plain, found);
    return shown === plain ? each : shown;
  });
}

function maskPlain(text: string, found?: (secret: string) => void): string {
  return text
    .replace(inBase64, (run) => {
      const [secret] = fromBase64(run).match(secrets) ?? [];
      if (secret !== undefined) found?.(secret);
      return shortened(run);
    })
    .replace(secrets, (run) => {
      if (run.startsWith("eyJ") && !isJws.test(run)) return run;
      found?.(run);
      return shortened(run);
    });
}

const shortened = (secret: string) => `${secret.slice(0, 6)}...`;

/** Only what secrets are written with: anything else might end the text that it stands in. */
function decodeOne(written: string): string {
  const character = String.fromCharCode(Number.parseInt(written.slice(-2), 16));
  return /[\w.-]/.test(character) ? character : written;
}

/** The secret at the start of the run, whose first characters may share a byte with what stood before it. */
function fromBase64(run: string): string {
  const before = base64Starts.findIndex((start) => run.startsWith(start));
  const text = Buffer.from(`${"A".repeat(Math.ceil((before * 4) / 3))}${run}`, "base64").toString("latin1");
  return `dz_${text.slice(text.indexOf("eyJ"))}`;
}

/** Masks a header's value; of one that carries credentials, all but the scheme and a token's first characters. */
export function maskHeader(name: string, value: string, found?: (secret: string) => void): string {
  if (name !== "authorization") {
    const shown = maskText(value, found);
    return carriesCredentials.has(name) ? "..." : shown;
  }
  const [scheme = "", rest] = value.split(" ", 2);
  if (rest === undefined) return "...";
  return rest.startsWith("dz_") ? `${maskText(scheme)} ${rest.slice(0, 6)}...` : `${maskText(scheme)} ...`;
}

/** Masks the values of headers, and their names. */
export const maskHeaders = (
  headers: Iterable<readonly [string, string]>,
  found?: (secret: string, where: string) => void,
): Record<string, string> => {
  const kept = new Map<string, string>();
  for (const [name, value] of headers) {
    const shown = maskText(name, (secret) => found?.(secret, "header"));
    const shownValue = maskHeader(name, value, (secret) => found?.(secret, `header.${shown}`));
    // Of a repeated header the first counts.
    if (!kept.has(shown)) kept.set(shown, shownValue);
  }
  return Object.fromEntries(kept);
};

/** The value with every secret in it masked, keys included. */
export const masked = <T>(value: T): T => maskValue(value, "", () => {}) as T;

/** Masks every string in a value, keys included; `place` names where it stands. */
export function maskValue(value: unknown, place: string, found: (secret: string, where: string) => void): unknown {
  if (typeof value === "string") return maskText(value, (secret) => found(secret, place));
  if (typeof value === "bigint") return String(value);
  if (value instanceof PythonFloat) return String(value.value);
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map((part, at) => maskValue(part, `${place}.${at}`, found));
  return Object.fromEntries(
    Object.entries(value).map(([key, part]) => {
      const name = maskText(key, (secret) => found(secret, place));
      return [name, maskValue(part, `${place}.${name}`, found)];
    }),
  );
}
