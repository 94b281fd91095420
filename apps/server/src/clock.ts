import type { Instant } from "./tokens/instant.ts";

/** How a clock runs: with the machine, `offset` milliseconds apart from it, or standing still. */
export type ClockState =
  | { readonly mode: "real" }
  | { readonly mode: "offset"; readonly offset: number }
  | { readonly mode: "frozen"; readonly at: Instant };

/** A clock: what the machine says, until somebody says otherwise. */
export class Clock {
  readonly #machine: () => Instant;
  #state: ClockState;

  constructor(machine: () => Instant = Date.now, state: ClockState = { mode: "real" }) {
    this.#machine = machine;
    this.#state = state;
  }

  get state(): ClockState {
    return this.#state;
  }

  restore(state: ClockState): void {
    this.#state = state;
  }

  now(): Instant {
    switch (this.#state.mode) {
      case "real":
        return this.#machine();
      case "offset":
        return this.#machine() + this.#state.offset;
      case "frozen":
        return this.#state.at;
    }
  }

  /** Stops the clock, now or at the given moment. */
  freeze(at: Instant = this.now()): void {
    this.#state = { mode: "frozen", at };
  }

  /** Moves the clock to the given moment; it goes on from there, or stays frozen there. */
  set(at: Instant): void {
    this.#state = this.#state.mode === "frozen" ? { mode: "frozen", at } : this.#withOffset(at - this.#machine());
  }

  /** Moves the clock by the given number of milliseconds, forwards or backwards. */
  advance(milliseconds: number): void {
    this.set(this.now() + milliseconds);
  }

  /** Lets the clock run again, the given number of milliseconds apart from the machine's. */
  setOffset(milliseconds: number): void {
    this.#state = this.#withOffset(milliseconds);
  }

  /** Back to the machine's time. */
  reset(): void {
    this.#state = { mode: "real" };
  }

  #withOffset(offset: number): ClockState {
    return offset === 0 ? { mode: "real" } : { mode: "offset", offset };
  }
}

/** The clocks of a double: one for all and, for a business that wants it, one of its own. */
export class Clocks {
  readonly #machine: () => Instant;
  readonly #common: Clock;
  readonly #own = new Map<string, Clock>();

  constructor(machine: () => Instant = Date.now) {
    this.#machine = machine;
    this.#common = new Clock(machine);
  }

  /** What time it is, for the business if one is given. */
  now(businessId?: string): Instant {
    return this.of(businessId).now();
  }

  /** The clock that the business goes by. */
  of(businessId?: string): Clock {
    return (businessId === undefined ? undefined : this.#own.get(businessId)) ?? this.#common;
  }

  hasOwn(businessId: string): boolean {
    return this.#own.has(businessId);
  }

  /** The business's own clock, which starts as the common one is; without a business, the common one. */
  own(businessId?: string): Clock {
    if (businessId === undefined) return this.#common;
    const clock = this.#own.get(businessId) ?? new Clock(this.#machine, this.#common.state);
    this.#own.set(businessId, clock);
    return clock;
  }

  /** Back to real time; a business back to the common clock. */
  reset(businessId?: string): void {
    if (businessId === undefined) this.#common.reset();
    else this.#own.delete(businessId);
  }

  /** Back to real time, for all. */
  resetAll(): void {
    this.#common.reset();
    this.#own.clear();
  }

  /** The businesses that have clocks of their own. */
  owned(): ReadonlyMap<string, Clock> {
    return this.#own;
  }
}

/** Starts measuring; the function that it returns tells the real milliseconds since. */
export function stopwatch(): () => number {
  const start = performance.now();
  return () => performance.now() - start;
}
