import { PythonFloat } from "@dayzero-tokens/contract";

// Letters, digits and what a JWS and its base64url hold; also where the dz_ in front of the JWS was lost or encoded.
const secrets = /dz_[\w.-]+|eyJ[\w-]+\.[\w-]+\.[\w-]*/g;
const carriesCredentials = new Set(["authorization", "proxy-authorization", "cookie", "set-cookie", "x-api-key"]);

/** Replaces every `dz_…` in a text by its first characters, and tells `found` what stood there. */
export function maskText(text: string, found?: (secret: string) => void): string {
  if (!text.includes("dz_") && !text.includes("eyJ")) return text;
  return text.replace(secrets, (secret) => {
    found?.(secret);
    return `${secret.slice(0, 6)}...`;
  });
}

/** Masks a header's value; of one that carries credentials, all but the scheme and a token's first characters. */
export function maskHeader(name: string, value: string, found?: (secret: string) => void): string {
  if (name !== "authorization") {
    const masked = maskText(value, found);
    return carriesCredentials.has(name) ? "..." : masked;
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
  const masked: Record<string, string> = {};
  for (const [name, value] of headers) {
    const shown = maskText(name, (secret) => found?.(secret, "header"));
    // Of a repeated header the first counts.
    masked[shown] ??= maskHeader(name, value, (secret) => found?.(secret, `header.${shown}`));
  }
  return masked;
};

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
