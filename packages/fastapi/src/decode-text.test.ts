import { expect, test } from "vitest";
import { decodeJsonBytes } from "./decode-text.ts";

const bytes = (hex: string) => Buffer.from(hex.replaceAll(" ", ""), "hex");

test.each([
  ["UTF-8", "22 ed a0 bd ed b8 80 22"],
  ["UTF-32", "00 00 00 22 00 00 d8 3d 00 00 de 00 00 00 00 22"],
])("two halves of a surrogate pair that %s spells apart stay two characters, as in Python", (_, hex) => {
  const text = decodeJsonBytes(bytes(hex));

  expect([[...text].length, text.isWellFormed()]).toEqual([4, false]);
});

test("the halves of a pair in UTF-16 are one character", () => {
  expect(decodeJsonBytes(bytes("22 00 3d d8 00 de 22 00"))).toBe('"😀"');
});

test("a lone surrogate in UTF-8 is let through as it is", () => {
  expect(decodeJsonBytes(bytes("22 ed b0 80 22"))).toBe('"\udc00"');
});
