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
      const { clock } = machineAt(10 ** 12);
      if (frozen) clock.freeze();
      for (const step of steps) clock.advance(step);
      expect(clock.now()).toBe(10 ** 12 + steps.reduce((sum, step) => sum + step, 0));
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

test("a clock goes from 1970 to 9998: a change beyond is refused, and leaves it as it was", () => {
  const { clock } = machineAt(1_000);
  const latest = 253_370_764_799_999;
  const tooFar = new RangeError("A clock goes from 1970-01-01 to 9998-12-31");
  clock.freeze(5_000);

  for (const at of [-1, latest + 1, Number.NaN]) {
    expect(() => clock.freeze(at)).toThrow(tooFar);
    expect(() => clock.set(at)).toThrow(tooFar);
    expect(() => clock.advance(at - 5_000)).toThrow(tooFar);
    expect(() => clock.setOffset(at - 1_000)).toThrow(tooFar);
  }

  expect(clock.state).toEqual({ mode: "frozen", at: 5_000 });
  clock.set(latest);
  expect(clock.now()).toBe(latest);
  clock.set(0);
  expect(clock.now()).toBe(0);
});
