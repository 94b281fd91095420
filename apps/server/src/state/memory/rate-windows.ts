/** The most callers that are told apart in one second; those beyond share a count. Only a frozen clock sees so many. */
const mostCallers = 100_000;

/** How many requests each caller has sent in the current second. */
export class RateWindows {
  #second: number | undefined;
  readonly #requests = new Map<string, number>();

  /** Counts a request, and answers how many it makes in this second. */
  count(caller: string, second: number): number {
    // Only the current second matters: what is older is forgotten before it piles up.
    if (second !== this.#second) this.#requests.clear();
    this.#second = second;
    const key = this.#requests.has(caller) || this.#requests.size < mostCallers ? caller : "others";
    const requests = (this.#requests.get(key) ?? 0) + 1;
    this.#requests.set(key, requests);
    return requests;
  }

  /** Forgets the requests of the callers, or all. */
  clear(callers?: readonly string[]): void {
    if (callers === undefined) this.#requests.clear();
    for (const caller of callers ?? []) this.#requests.delete(caller);
  }
}
