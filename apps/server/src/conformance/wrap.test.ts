import { expect, test } from "vitest";
import { wrap, wrapCommand } from "./wrap.ts";

test.each([
  ["a few words", 20, ["a few words"]],
  ["a few words", 11, ["a few words"]],
  ["a few words", 10, ["a few", "words"]],
  ["a few words", 5, ["a few", "words"]],
  ["a few words", 4, ["a", "few", "words"]],
  ["  indented words", 10, ["  indented", "words"]],
  ['{"a":1,"b":2} x', 8, ['{"a":1,', '"b":2} x']],
  ["", 5, [""]],
])("%j in lines of %i breaks no word that fits", (text, width, lines) => {
  expect(wrap(text, width)).toEqual(lines);
});

test("a command is broken between its arguments, and never within one", () => {
  expect(wrapCommand(`curl -i -X POST 'http://a/b' -H "a: b c" --data-binary 'it'\\''s so'`, 24)).toEqual([
    "curl -i -X POST \\",
    "'http://a/b' \\",
    '-H "a: b c" \\',
    "--data-binary 'it'\\''s so'",
  ]);
});
