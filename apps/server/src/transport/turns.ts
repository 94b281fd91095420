// Not the global one, which a test may have put a fake in the place of.
import { setImmediate } from "node:timers";

/** How many calls may begin in one turn of the event loop. */
const most = 100;

/**
 * Lets the event loop turn between calls. A loop of calls that waits for nothing else would never let it: what is to be
 * let go of after each call would pile up, and no timer would ever be due.
 */
export class Turns {
  #calls = 0;
  #next: Promise<void> | undefined;

  /** Counts a call; where it comes too soon, the turn that it has to wait for, as do all that come after it. */
  take(): Promise<void> | undefined {
    this.#calls += 1;
    if (this.#calls > most) this.#next ??= new Promise((resolve) => setImmediate(() => this.#begin(resolve)));
    return this.#next;
  }

  #begin(resolve: () => void): void {
    this.#calls = 0;
    this.#next = undefined;
    resolve();
  }
}
