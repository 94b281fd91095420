import { createHmac } from "node:crypto";
import fc from "fast-check";
import { expect, test } from "vitest";
import { createHmacKey, hmac } from "./hmac.ts";

test("a text is signed as node's own HMAC signs it, with a key of any length", () => {
  const ascii = fc.string({ unit: "binary-ascii", maxLength: 300 });
  fc.assert(
    fc.property(fc.string({ maxLength: 200 }), fc.array(ascii, { minLength: 1, maxLength: 3 }), (secret, texts) => {
      const key = createHmacKey(secret);
      const expected = texts.map((text) => createHmac("sha256", secret).update(text).digest("base64url"));
      expect(texts.map((text) => hmac(text, key))).toEqual(expected);
    }),
  );
});
