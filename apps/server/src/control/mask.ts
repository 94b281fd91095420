import { PythonFloat } from "@dayzero-tokens/contract";

// Letters, digits and what a JWS and its base64url hold.
const secrets = /dz_[\w.-]*/g;
const named = new Set(["authorization", "proxy-authorization", "cookie", "set-cookie", "x-api-key"]);

/** Replaces every `dz_…` in a text by its first characters, and tells `found` what stood there. */
export function maskText(text: string, found?: (secret: string) => void): string {
  if (!text.includes("dz_")) return text;
  return text.replace(secrets, (secret) => {
    found?.(secret);
    return `${secret.slice(0, 6)}...`;
  });
}

/** Masks a header's value; of one that carries credentials, all but the scheme and a token's first characters. */
export function maskHeader(name: string, value: string, found?: (secret: string) => void): string {
  if (!named.has(name)) return maskText(value, found);
  const [scheme = "", rest] = value.split(" ", 2);
  if (name !== "authorization" || rest === undefined) return "...";
  return rest.startsWith("dz_") ? `${scheme} ${rest.slice(0, 6)}...` : `${scheme} ...`;
}

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
