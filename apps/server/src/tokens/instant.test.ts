import fc from "fast-check";
import { expect, test } from "vitest";
import { day, formatInstant, parseInstant } from "./instant.ts";

test.each([
  [0, "1970-01-01T00:00:00Z"],
  [1_735_689_600_000, "2025-01-01T00:00:00Z"],
  [1_735_689_600_007, "2025-01-01T00:00:00.007000Z"],
  [1_709_210_096_789, "2024-02-29T12:34:56.789000Z"],
  [1_735_689_600_000 + 365 * day, "2026-01-01T00:00:00Z"],
])("%d is written as %s", (at, text) => {
  expect(formatInstant(at)).toBe(text);
});

/** The first and the last moment that Python's datetime knows. */
const first = Date.parse("0001-01-01T00:00:00Z");
const last = Date.parse("9999-12-31T23:59:59.999Z");
const moment = fc.oneof(
  fc.integer({ min: first, max: last }),
  fc.integer({ min: first / 1000, max: (last - 999) / 1000 }).map((seconds) => seconds * 1000),
);

/** As a Date writes it, to the millisecond, and no fraction where it would be zero. */
const asDate = (at: number) =>
  new Date(at)
    .toISOString()
    .replace(".000Z", "Z")
    .replace(/(\.\d{3})Z/, "$1000Z");

test("a moment is written as a Date writes it, to the millisecond", () => {
  fc.assert(
    fc.property(moment, (at) => {
      expect(formatInstant(at)).toBe(asDate(at));
    }),
    { numRuns: 2000 },
  );
});

test("every year's first and last days, and those around the end of February, are written as a Date writes them", () => {
  const days = ["01-01", "02-27", "02-28", "03-01", "03-02", "12-31"];
  const written = Array.from({ length: 9999 }, (_, at) => String(at + 1).padStart(4, "0")).flatMap((year) => {
    const moments = days.map((date) => Date.parse(`${year}-${date}T00:00:00Z`));
    const dayAfter = Date.parse(`${year}-02-28T00:00:00Z`) + day;
    return [...moments, dayAfter].filter((at) => formatInstant(at) !== asDate(at)).map(formatInstant);
  });

  expect(written).toEqual([]);
});

test("a moment is read from its text, also with a fraction of zero, in any zone", () => {
  fc.assert(
    fc.property(moment, (at) => {
      const text = formatInstant(at);
      expect(parseInstant(text)).toBe(at);
      expect(parseInstant(text.replace(/(:\d\d)Z/, "$1.000000Z"))).toBe(at);
      expect(parseInstant(text.replace("Z", "+00:00"))).toBe(at);
    }),
  );
});
