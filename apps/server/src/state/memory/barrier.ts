/**
 * Keeps exchanges apart from whatever replaces the state under them: any number of exchanges may be inside at once,
 * or one that is exclusive. So an exchange sees the world before a reset or after it, never a mix.
 */
export class Gate {
  #inside = 0;
  #exclusive: Promise<unknown> | undefined;
  #whenEmpty: (() => void) | undefined;

  /** Enters, or answers a promise to wait for before trying again. */
  tryEnter(): Promise<unknown> | undefined {
    if (this.#exclusive !== undefined) return this.#exclusive;
    this.#inside += 1;
    return undefined;
  }

  leave(): void {
    this.#inside -= 1;
    if (this.#inside === 0) this.#whenEmpty?.();
  }

  /** Runs `work` beside the exchanges, and beside nothing that is exclusive. */
  async beside<T>(work: () => Promise<T>): Promise<T> {
    for (let wait = this.tryEnter(); wait !== undefined; wait = this.tryEnter()) await wait;
    try {
      return await work();
    } finally {
      this.leave();
    }
  }

  /** Runs `work` with nobody else inside. */
  async exclusively<T>(work: () => Promise<T>): Promise<T> {
    while (this.#exclusive !== undefined) await this.#exclusive;
    let open = () => {};
    this.#exclusive = new Promise<void>((resolve) => (open = resolve));
    try {
      if (this.#inside > 0) await new Promise<void>((empty) => (this.#whenEmpty = empty));
      return await work();
    } finally {
      this.#whenEmpty = undefined;
      this.#exclusive = undefined;
      open();
    }
  }
}
