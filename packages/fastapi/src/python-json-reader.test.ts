import { expect, test } from "vitest";
import { readPythonJson } from "./python-json-reader.ts";

test.each([
  ['\\"', '"'],
  ["\\\\", "\\"],
  ["\\/", "/"],
  ["\\b", "\b"],
  ["\\f", "\f"],
  ["\\n", "\n"],
  ["\\r", "\r"],
  ["\\t", "\t"],
  ["\\u00e9", "é"],
  ["\\uD83d\\uDE42", "🙂"],
  ["\\ud83d", "\ud83d"],
])("%s in a string stands for one character", (spelled, character) => {
  expect(readPythonJson(`"a${spelled}b"`)).toBe(`a${character}b`);
});

test.each([
  ["\\a", "Invalid \\escape", 2],
  ["\\'", "Invalid \\escape", 2],
  ["\\0", "Invalid \\escape", 2],
  ["\\", "Unterminated string starting at", 0],
  ["\\uD83", "Invalid \\uXXXX escape", 3],
  ["\\u+123", "Invalid \\uXXXX escape", 3],
])("%s in a string is refused", (spelled, message, position) => {
  expect(() => readPythonJson(`"a${spelled}"`)).toThrow(expect.objectContaining({ message, position }));
});
