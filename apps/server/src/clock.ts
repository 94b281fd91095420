import type { Instant } from "./tokens/instant.ts";

/** How a clock runs: with the machine, `offset` milliseconds apart from it, or standing still. */
export type ClockState =
  | { readonly mode: "real" }
  | { readonly mode: "offset"; readonly offset: number }
  | { readonly mode: "frozen"; readonly at: Instant };

/** The one clock of a double: what the machine says, until somebody says otherwise. */
export class Clock {
  readonly #machine: () => Instant;
  #state: ClockState = { mode: "real" };

  constructor(machine: () => Instant = Date.now) {
    this.#machine = machine;
  }

  get state(): ClockState {
    return this.#state;
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
    this.#state = this.#state.mode === "frozen" ? { mode: "frozen", at } : this.#apart(at - this.#machine());
  }

  /** Moves the clock by the given number of milliseconds, forwards or backwards. */
  advance(milliseconds: number): void {
    this.set(this.now() + milliseconds);
  }

  /** Back to the machine's time. */
  reset(): void {
    this.#state = { mode: "real" };
  }

  #apart(offset: number): ClockState {
    return offset === 0 ? { mode: "real" } : { mode: "offset", offset };
  }
}
