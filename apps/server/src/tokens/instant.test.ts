import fc from "fast-check";
import { expect, test } from "vitest";
import { day, formatInstant } from "./instant.ts";

test.each([
  [0, "1970-01-01T00:00:00.000000Z"],
  [1_735_689_600_000, "2025-01-01T00:00:00.000000Z"],
  [1_735_689_600_007, "2025-01-01T00:00:00.007000Z"],
  [1_709_210_096_789, "2024-02-29T12:34:56.789000Z"],
  [1_735_689_600_000 + 365 * day, "2026-01-01T00:00:00.000000Z"],
])("%d is written as %s", (at, text) => {
  expect(formatInstant(at)).toBe(text);
});

test("later moments are written as greater texts, up to the year 9999", () => {
  const moment = fc.integer({ min: 0, max: 253_402_300_799_999 });
  fc.assert(
    fc.property(moment, moment, (a, b) => {
      expect(formatInstant(a) < formatInstant(b)).toBe(a < b);
      expect(formatInstant(a)).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/);
    }),
  );
});

test("a moment is written as a Date writes it, to the millisecond", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 253_402_300_799_999 }), (at) => {
      expect(formatInstant(at)).toBe(`${new Date(at).toISOString().slice(0, -1)}000Z`);
    }),
    { numRuns: 2000 },
  );
});
