import { expect, test } from "vitest";
import { RateWindows } from "./rate-windows.ts";

test("callers beyond any that a second can have share a count, so that a frozen clock fills no memory", () => {
  const windows = new RateWindows();
  for (let n = 0; n < 100_000; n += 1) windows.count(`caller ${n}`, 7);

  expect([windows.count("one more", 7), windows.count("another", 7)]).toEqual([1, 2]);
  expect(windows.count("caller 0", 7)).toBe(2);
  expect(windows.count("another", 8)).toBe(1);
});
