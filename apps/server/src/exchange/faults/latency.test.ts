import fc from "fast-check";
import { expect, test } from "vitest";
import { createRandom } from "../../world/random.ts";
import { drawLatency } from "./latency.ts";

const milliseconds = fc.double({ min: 0, max: 600_000, noNaN: true });
const random = fc.string().map((seed) => createRandom(seed));

const drawMany = (latency: Parameters<typeof drawLatency>[0]) => {
  const random = createRandom("the same every time");
  return Array.from({ length: 10_000 }, () => drawLatency(latency, random)).toSorted((a, b) => a - b);
};

test("a fixed latency is always as long, and draws nothing", () => {
  fc.assert(
    fc.property(milliseconds, (fixed_ms) => {
      expect(drawLatency({ fixed_ms }, () => expect.fail("nothing is to be drawn"))).toBe(fixed_ms);
    }),
  );
});

test("a uniform latency stays between its bounds", () => {
  fc.assert(
    fc.property(milliseconds, milliseconds, random, (a, b, random) => {
      const [min_ms, max_ms] = [Math.min(a, b), Math.max(a, b)];
      const drawn = drawLatency({ min_ms, max_ms }, random);
      expect(drawn).toBeGreaterThanOrEqual(min_ms);
      expect(drawn).toBeLessThanOrEqual(max_ms);
    }),
  );
});

test("a uniform latency is spread evenly", () => {
  const drawn = drawMany({ min_ms: 100, max_ms: 300 });
  expect([drawn[2500], drawn[5000], drawn[7500]].map((each) => Math.round(Number(each) / 10) * 10)).toEqual([
    150, 200, 250,
  ]);
});

test("half of the log-normal latencies are under the median, and sigma says how far they spread", () => {
  const drawn = drawMany({ median_ms: 100, sigma: 0.5 });
  expect(Number(drawn[5000])).toBeCloseTo(100, -1);
  // One sigma to each side holds 68.27 in 100.
  expect(Number(drawn[1587]) / (100 * Math.exp(-0.5))).toBeCloseTo(1, 1);
  expect(Number(drawn[8413]) / (100 * Math.exp(0.5))).toBeCloseTo(1, 1);
});

test("a log-normal latency is never negative nor longer than ten minutes, and without sigma it is the median", () => {
  fc.assert(
    fc.property(milliseconds, fc.double({ min: 0, max: 5, noNaN: true }), random, (median_ms, sigma, random) => {
      const drawn = drawLatency({ median_ms, sigma }, random);
      expect(drawn).toBeGreaterThanOrEqual(0);
      expect(drawn).toBeLessThanOrEqual(600_000);
      expect(drawLatency({ median_ms, sigma: 0 }, random)).toBe(median_ms);
    }),
  );
});

test("the same seed draws the same latencies", () => {
  fc.assert(
    fc.property(fc.string(), (seed) => {
      const draw = () => {
        const random = createRandom(seed);
        return Array.from({ length: 5 }, () => drawLatency({ median_ms: 100, sigma: 1 }, random));
      };
      expect(draw()).toEqual(draw());
    }),
  );
});
