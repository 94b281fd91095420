import type { Instant } from "../tokens/instant.ts";

/** How a clock runs: with the machine, `offset` milliseconds apart from it, or standing still. */
export type ClockState =
  | { readonly mode: "real" }
  | { readonly mode: "offset"; readonly offset: number }
  | { readonly mode: "frozen"; readonly at: Instant };

/** Ids hold no moment before 1970, and the expiry of a token, a year ahead, has four digits for its year. */
const earliest = 0;
const latest = Date.parse("9998-12-31T23:59:59.999Z");

/** A clock: what the machine says, until somebody says otherwise. A change to a moment that it cannot show throws. */
export class Clock {
  readonly #machine: () => Instant;
  readonly #whenChanged: (clock: Clock) => void;
  #state: ClockState;

  constructor(
    machine: () => Instant = Date.now,
    state: ClockState = { mode: "real" },
    whenChanged: (clock: Clock) => void = () => {},
  ) {
    this.#machine = machine;
    this.#state = state;
    this.#whenChanged = whenChanged;
  }

  get state(): ClockState {
    return this.#state;
  }

  now(): Instant {
    return this.#read(this.#state);
  }

  /** Stops the clock, now or at the given moment. */
  freeze(at: Instant = this.now()): void {
    this.become({ mode: "frozen", at });
  }

  /** Moves the clock to the given moment; it goes on from there, or stays frozen there. */
  set(at: Instant): void {
    if (this.#state.mode === "frozen") this.freeze(at);
    else this.setOffset(at - this.#machine());
  }

  /** Moves the clock by the given number of milliseconds, forwards or backwards. */
  advance(milliseconds: number): void {
    if (this.#state.mode === "frozen") this.freeze(this.#state.at + milliseconds);
    else this.setOffset((this.#state.mode === "offset" ? this.#state.offset : 0) + milliseconds);
  }

  /** Lets the clock run again, the given number of milliseconds apart from the machine's. */
  setOffset(milliseconds: number): void {
    this.become(milliseconds === 0 ? { mode: "real" } : { mode: "offset", offset: milliseconds });
  }

  /** Back to the machine's time. */
  reset(): void {
    this.become({ mode: "real" });
  }

  become(state: ClockState): void {
    const at = this.#read(state);
    if (!(at >= earliest && at <= latest)) throw new RangeError("A clock goes from 1970-01-01 to 9998-12-31");
    this.#state = state;
    this.#whenChanged(this);
  }

  #read(state: ClockState): Instant {
    switch (state.mode) {
      case "real":
        return this.#machine();
      case "offset":
        return this.#machine() + state.offset;
      case "frozen":
        return state.at;
    }
  }
}

/** The clocks of a double: one for all and, for a business that wants it, one of its own. */
export class Clocks {
  readonly #machine: () => Instant;
  readonly #common: Clock;
  #own = new Map<string, Clock>();

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

  /** The business's own clock, which is the common one until it is changed; without a business, the common one. */
  own(businessId?: string): Clock {
    if (businessId === undefined) return this.#common;
    const keep = (clock: Clock) => void this.#own.set(businessId, clock);
    return this.#own.get(businessId) ?? new Clock(this.#machine, this.#common.state, keep);
  }

  /** Back to real time; a business back to the common clock. */
  reset(businessId?: string): void {
    if (businessId === undefined) this.#common.reset();
    else this.#own.delete(businessId);
  }

  /** Puts other states in the place of all that there are, or throws and leaves them. */
  restore(common: ClockState, own: Readonly<Record<string, ClockState>> = {}): void {
    const restored = new Clocks(this.#machine);
    restored.#common.become(common);
    for (const [id, state] of Object.entries(own)) restored.own(id).become(state);
    this.#common.become(common);
    this.#own = restored.#own;
  }

  /** Back to real time, for all. */
  resetAll(): void {
    this.restore({ mode: "real" });
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
