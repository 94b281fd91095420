import type { Fault, FaultRequest } from "@dayzero-tokens/contract/control";
import type { Random } from "./random.ts";

/** What of a request a fault can match. */
export interface Suspect {
  readonly operation: string | undefined;
  readonly businessId: string | undefined;
  readonly tokenId: string | undefined;
}

/** The faults in force. The newest comes first, and a fault is used up at the moment when it is taken. */
export class Faults {
  readonly #random: Random;
  #faults: readonly Fault[] = [];
  #added = 0;

  constructor(random: Random) {
    this.#random = random;
  }

  get isEmpty(): boolean {
    return this.#faults.length === 0;
  }

  add({ match = {}, effect, when = "before", times, skip = 0, probability = 1 }: FaultRequest): Fault {
    this.#added += 1;
    const id = `fault-${this.#added}`;
    const fault: Fault = { id, match, effect, when, times: times ?? null, skip, probability, seen: 0, hits: 0 };
    this.#faults = [fault, ...this.#faults];
    return fault;
  }

  /** Newest first; of one business only those that name it. */
  list(businessId?: string): readonly Fault[] {
    return businessId === undefined ? this.#faults : this.#faults.filter((fault) => isOf(fault, businessId));
  }

  /** Answers whether there was such a fault. */
  remove(id: string): boolean {
    const before = this.#faults.length;
    this.#faults = this.#faults.filter((fault) => fault.id !== id);
    return this.#faults.length < before;
  }

  /** Takes all away, or those that name the business. Answers how many there were. */
  clear(businessId?: string): number {
    const before = this.#faults.length;
    this.#faults = businessId === undefined ? [] : this.#faults.filter((fault) => !isOf(fault, businessId));
    return before - this.#faults.length;
  }

  restore(faults: readonly Fault[]): void {
    this.#faults = faults;
    this.#added = Math.max(this.#added, ...faults.map(({ id }) => Number(id.replace("fault-", "")) || 0));
  }

  /** The first fault that strikes. Synchronous, so that two requests never share one that is meant for one. */
  take(when: Fault["when"], suspect: Suspect): Fault | undefined {
    for (const fault of this.#faults) {
      if (fault.when !== when || !matches(fault, suspect)) continue;
      const seen = { ...fault, seen: fault.seen + 1 };
      const strikes = seen.seen > fault.skip && (fault.probability === 1 || this.#random() < fault.probability);
      const struck = strikes ? { ...seen, hits: fault.hits + 1 } : seen;
      this.#faults = this.#faults.flatMap((other) =>
        other.id !== fault.id ? [other] : isUsedUp(struck) ? [] : [struck],
      );
      if (strikes) return struck;
    }
    return undefined;
  }
}

const isOf = (fault: Fault, businessId: string) => fault.match.business_id === businessId;

const isUsedUp = ({ times, hits }: Fault) => times !== null && hits >= times;

const matches = ({ match }: Fault, { operation, businessId, tokenId }: Suspect) =>
  (match.operation === undefined || match.operation === operation) &&
  (match.business_id === undefined || match.business_id === businessId) &&
  (match.token_id === undefined || match.token_id === tokenId);
