import { hash } from "node:crypto";
import { createHmacKey, type HmacKey, hmac } from "./hmac.ts";
import type { Token } from "./token.ts";

/** Published on purpose: whatever is signed with it is worthless anywhere but on a double. */
const publishedKey = "dayzero-double signs with this published key; its tokens open nothing but doubles";

// The header says who minted the token, so that nobody takes it for a real credential.
const header = encode({ alg: "HS256", typ: "JWT", kid: "dayzero-double" });

/** The key that doubles sign with unless they are given another. */
export const createSigningKey = (key: string = publishedKey): HmacKey => createHmacKey(key);

/** The `dz_…` string of a token: a compact JWS whose `exp` is the token's expiry, in whole seconds. */
export function mintSecret(token: Pick<Token, "jti" | "userId" | "createdAt" | "expiresAt">, key: HmacKey): string {
  const claims = encode({
    jti: token.jti,
    sub: token.userId,
    type: "api",
    iat: Math.floor(token.createdAt / 1000),
    ...(token.expiresAt !== null && { exp: Math.floor(token.expiresAt / 1000) }),
  });
  return `dz_${header}.${claims}.${hmac(`${header}.${claims}`, key)}`;
}

/** What is kept of a secret: enough to recognise it, not enough to rebuild it. */
export const digestOf = (secret: string): string => hash("sha256", secret, "base64url");

/** The first characters of a secret, for display. */
export const prefixOf = (secret: string): string => `${secret.slice(0, 6)}...`;

const wellFormed = /^dz_([\w-]+)\.([\w-]+)\.([\w-]+)$/;

/** Why a string that is no token's secret is none. */
export function judgeSecret(secret: string, key: HmacKey): "malformed" | "signature" | "unknown" {
  const [, header, claims, signature] = wellFormed.exec(secret) ?? [];
  if (header === undefined || !isJsonObject(header) || claims === undefined || !isJsonObject(claims))
    return "malformed";
  return hmac(`${header}.${claims}`, key) === signature ? "unknown" : "signature";
}

function encode(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString("base64url");
}

function isJsonObject(part: string): boolean {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, "base64url").toString());
    return typeof value === "object" && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}
