/** Tells whoever wants to know that the state may have changed. */
export class Changes {
  readonly #listeners = new Set<() => void>();

  /** Calls `listener` at every change until the function that it answers is called. */
  listen(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  notify(): void {
    for (const listener of this.#listeners) listener();
  }
}
