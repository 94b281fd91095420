import fc from "fast-check";
import { expect, test } from "vitest";
import { Clock } from "./clock.ts";

/** A machine whose time a test tells. */
function machineAt(at: number) {
  const machine = { at };
  return { machine, clock: new Clock(() => machine.at) };
}

test("a clock goes with the machine until somebody says otherwise", () => {
  const { machine, clock } = machineAt(1_000);
  expect(clock.now()).toBe(1_000);

  machine.at = 5_000;

  expect(clock.now()).toBe(5_000);
  expect(clock.state).toEqual({ mode: "real" });
});

test("a clock without a machine goes with this one", () => {
  const clock = new Clock();
  const [before, after] = [clock.now(), clock.now()];
  expect(before).toBeGreaterThan(1_700_000_000_000);
  expect(after).toBeGreaterThanOrEqual(before);
});

test("a frozen clock stands still", () => {
  const { machine, clock } = machineAt(1_000);

  clock.freeze();
  machine.at = 5_000;

  expect(clock.now()).toBe(1_000);
  expect(clock.state).toEqual({ mode: "frozen", at: 1_000 });
});

test("a clock can be frozen at any moment", () => {
  const { clock } = machineAt(1_000);

  clock.freeze(9_000);

  expect(clock.now()).toBe(9_000);
});

test("a clock that is set goes on from there", () => {
  const { machine, clock } = machineAt(1_000);

  clock.set(9_000);
  expect(clock.now()).toBe(9_000);
  machine.at = 1_500;

  expect(clock.now()).toBe(9_500);
  expect(clock.state).toEqual({ mode: "offset", offset: 8_000 });
});

test("a frozen clock that is set stays frozen there", () => {
  const { machine, clock } = machineAt(1_000);
  clock.freeze();

  clock.set(9_000);
  machine.at = 1_500;

  expect(clock.now()).toBe(9_000);
  expect(clock.state).toEqual({ mode: "frozen", at: 9_000 });
});

test("advancing adds up, forwards and backwards, frozen or not", () => {
  fc.assert(
    fc.property(fc.boolean(), fc.array(fc.integer()), (frozen, steps) => {
      const { clock } = machineAt(1_000);
      if (frozen) clock.freeze();
      for (const step of steps) clock.advance(step);
      expect(clock.now()).toBe(1_000 + steps.reduce((sum, step) => sum + step, 0));
    }),
  );
});

test("a clock that is advanced there and back goes with the machine again", () => {
  const { clock } = machineAt(1_000);

  clock.advance(5_000);
  clock.advance(-5_000);

  expect(clock.state).toEqual({ mode: "real" });
});

test("a clock that is reset goes with the machine again, frozen or not", () => {
  const { machine, clock } = machineAt(1_000);
  clock.freeze(9_000);

  clock.reset();
  machine.at = 2_000;

  expect(clock.now()).toBe(2_000);
  expect(clock.state).toEqual({ mode: "real" });
});
