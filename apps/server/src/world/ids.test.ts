import fc from "fast-check";
import { expect, test } from "vitest";
import { createIds } from "./ids.ts";

const start = 1_735_689_600_000;
const uuid7 = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const several = (seed: string | undefined, count: number) => {
  const ids = createIds(seed);
  return Array.from({ length: count }, () => ids.next(start));
};

test("an id is a UUIDv7 whose first 48 bits are the moment, in milliseconds", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 2 ** 48 - 1 }), fc.option(fc.string(), { nil: undefined }), (at, seed) => {
      const id = createIds(seed).next(at);
      expect(id).toMatch(uuid7);
      expect(Number.parseInt(id.replaceAll("-", "").slice(0, 12), 16)).toBe(at);
    }),
  );
});

test.each([
  ["of the system", undefined],
  ["of a seed", "s"],
])("ids %s are all different, and sort in the order in which they were asked for", (_, seed) => {
  const ids = several(seed, 50_000);

  expect(new Set(ids).size).toBe(ids.length);
  expect(ids.toSorted()).toEqual(ids);
});

test("ids of later moments sort behind those of earlier ones", () => {
  fc.assert(
    fc.property(fc.array(fc.nat(1_000)), (steps) => {
      const ids = createIds();
      const moments = steps.toSorted((a, b) => a - b).map((step) => start + step);
      const all = moments.map((at) => ids.next(at));
      expect(all.toSorted()).toEqual(all);
    }),
  );
});

test("the same seed gives the same ids, another seed others", () => {
  expect(several("one", 200)).toEqual(several("one", 200));
  expect(several("one", 200).filter((id) => several("two", 200).includes(id))).toEqual([]);
});

test("without a seed no two sources give the same ids", () => {
  expect(several(undefined, 200)).not.toEqual(several(undefined, 200));
});
