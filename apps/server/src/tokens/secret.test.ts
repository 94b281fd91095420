import { createHash, createHmac } from "node:crypto";
import { describe, expect, test } from "vitest";
import { start } from "../state/any-token.ts";
import { day } from "./instant.ts";
import { createSigningKey, digestOf, judgeSecret, mintSecret, prefixOf } from "./secret.ts";

const key = createSigningKey("a key of this test");
const token = { jti: "jti-1", userId: "user-1", createdAt: start + 999, expiresAt: start + 30 * day + 999 };
const secret = mintSecret(token, key);

/** Verifies a compact JWS with HS256 as RFC 7515 says, in a few lines of its own. */
function verify(jws: string, signedWith: string) {
  const [header = "", payload = "", signature, ...more] = jws.split(".");
  const expected = createHmac("sha256", signedWith).update(`${header}.${payload}`).digest("base64url");
  const json = (part: string) => JSON.parse(Buffer.from(part, "base64url").toString());
  return { verified: signature === expected && more.length === 0, header: json(header), claims: json(payload) };
}

describe("a secret", () => {
  test("is dz_ and a JWS that anybody with the key can verify", () => {
    expect(secret.slice(0, 3)).toBe("dz_");
    expect(verify(secret.slice(3), "a key of this test")).toEqual({
      verified: true,
      header: { alg: "HS256", typ: "JWT", kid: "dayzero-double" },
      claims: {
        jti: "jti-1",
        sub: "user-1",
        type: "api",
        iat: start / 1_000,
        exp: (start + 30 * day) / 1_000,
      },
    });
  });

  test("of a token that never expires claims no exp", () => {
    const { claims } = verify(mintSecret({ ...token, expiresAt: null }, key).slice(3), "a key of this test");

    expect(claims).toEqual({ jti: "jti-1", sub: "user-1", type: "api", iat: start / 1_000 });
  });

  test("is not verified by another key", () => {
    expect(verify(secret.slice(3), "another key").verified).toBe(false);
  });

  test("is shown by its first six characters, which say that it is a JWS", () => {
    expect(prefixOf(secret)).toBe("dz_eyJ...");
  });

  test("is recognised by its SHA-256, which tells nothing of it", () => {
    expect(digestOf(secret)).toBe(createHash("sha256").update(secret, "utf8").digest("base64url"));
  });
});

describe("a string that is no token's secret", () => {
  const [header = "", claims = "", signature = ""] = secret.slice(3).split(".");
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");

  test.each([
    ["", "malformed"],
    ["dz_", "malformed"],
    ["dz_your_token", "malformed"],
    [secret.slice(3), "malformed"],
    [`DZ_${secret.slice(3)}`, "malformed"],
    [`dz_${header}.${claims}`, "malformed"],
    [`dz_${header}.${claims}.`, "malformed"],
    [`dz_${header}.${claims}.${signature}.`, "malformed"],
    [`dz_${header}.${claims}.${signature} `, "malformed"],
    [`dz_${header}=.${claims}.${signature}`, "malformed"],
    [`dz_a.b.c`, "malformed"],
    [`dz_${part([])}.${claims}.${signature}`, "malformed"],
    [`dz_${header}.${part("claims")}.${signature}`, "malformed"],
    [`dz_${header}.${part(null)}.${signature}`, "malformed"],
    [`dz_${header}.${claims}.${"a".repeat(43)}`, "signature"],
    [`dz_${part({ alg: "none" })}.${claims}.${signature}`, "signature"],
    [`dz_${header}.${part({ jti: "jti-2" })}.${signature}`, "signature"],
    [mintSecret(token, createSigningKey()), "signature"],
    [secret, "unknown"],
  ])("%s: %s", (text, verdict) => {
    expect(judgeSecret(text, key)).toBe(verdict);
  });
});
