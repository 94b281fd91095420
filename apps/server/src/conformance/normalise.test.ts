import { expect, test } from "vitest";
import { Normaliser } from "./normalise.ts";

const [first, second] = ["01941f29-7c00-7000-8000-000000000001", "01941f29-7c00-7000-8000-000000000002"] as const;

test.each([
  ["an id", first, "<id:1>"],
  ["an id in capitals", first.toUpperCase(), "<id:1>"],
  ["a time", "2026-01-01T00:00:00.000000Z", "<time:1>"],
  ["a time without a fraction", "2026-01-01T00:00:00Z", "<time:1>"],
  ["a time with an offset", "2026-01-01T01:00:00.5+01:00", "<time:1>"],
  ["a secret", "dz_eyJhbGciOi.eyJqdGki.c2lnbmF0dXJl-_", "<secret:1>"],
])("%s is told by its kind, and not by its value", (_, value, expected) => {
  expect(new Normaliser([]).text(`{"a":"${value}"}`)).toBe(`{"a":"${expected}"}`);
});

test.each(["dz_eyJ...", "2026-01-01", "12", "name of a token", "01941f29-7c00", "0194"])("%j stays", (text) => {
  expect(new Normaliser([]).text(text)).toBe(text);
});

test("what is equal stays equal, and what differs stays different", () => {
  expect(new Normaliser([]).text(`${first} ${second} ${first}`)).toBe("<id:1> <id:2> <id:1>");
});

test("equality is kept from one text to the next", () => {
  const normaliser = new Normaliser([]);

  expect([first, second, first].map((text) => normaliser.text(text))).toEqual(["<id:1>", "<id:2>", "<id:1>"]);
});

test("an id is the same in small letters and in capitals, a secret is not", () => {
  const normaliser = new Normaliser([]);

  expect(normaliser.text("01941f29-7c00-7000-8000-00000000000a 01941F29-7C00-7000-8000-00000000000A")).toBe(
    "<id:1> <id:1>",
  );
  expect(normaliser.text("dz_abcdefghijkl dz_ABCDEFGHIJKL")).toBe("<secret:1> <secret:2>");
});

test("each kind is numbered by itself", () => {
  expect(new Normaliser([]).text(`${first} 2026-01-01T00:00:00Z dz_abcdefghijkl`)).toBe("<id:1> <time:1> <secret:1>");
});

test("a secret that is known is replaced whatever it looks like, and has the first number wherever it stands", () => {
  const normaliser = new Normaliser(["hunter2"]);

  expect(normaliser.text("dz_abcdefghijkl")).toBe("<secret:2>");
  expect(normaliser.text("Bearer hunter2, hunter2!")).toBe("Bearer <secret:1>, <secret:1>!");
});

test("an empty secret is none", () => {
  expect(new Normaliser([""]).text("abc")).toBe("abc");
});
