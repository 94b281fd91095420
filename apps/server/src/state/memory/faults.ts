import { mostFaults } from "@dayzero-tokens/contract";
import type { Fault } from "@dayzero-tokens/contract/control";
import { Conflict } from "../../steering/not-possible.ts";
import type { Random } from "../../world/random.ts";

/** What of a request a fault can match. */
export interface Suspect {
  readonly operation: string | undefined;
  readonly businessId: string | undefined;
  readonly tokenId: string | undefined;
}

/** The faults in force. The newest comes first, and a fault is used up at the moment when it is taken. */
export class Faults {
  readonly #random: Random;
  /** By the business that they name; under undefined those that name none. A request meets no other business's. */
  readonly #ofBusiness = new Map<string | undefined, Standing[]>();
  #size = 0;
  #added = 0;

  constructor(random: Random) {
    this.#random = random;
  }

  get isEmpty(): boolean {
    return this.#size === 0;
  }

  /** Throws a {@link Conflict} where there are as many as there may be. */
  add(fault: Omit<Fault, "id" | "seen" | "hits">): Fault {
    if (this.#size >= mostFaults) {
      throw new Conflict(
        `${mostFaults} faults are in force, which is as many as there may be; take away what is no longer needed`,
      );
    }
    const added = { id: `fault-${this.#added + 1}`, ...fault, seen: 0, hits: 0 };
    this.#put(added);
    return added;
  }

  /** Newest first; of one business only those that name it. */
  list(businessId?: string): readonly Fault[] {
    const listed = businessId === undefined ? [...this.#ofBusiness.values()].flat() : this.#of(businessId);
    return newestFirst(listed).map(({ fault }) => fault);
  }

  /** Answers whether there was such a fault; with a business, whether that has one. */
  remove(id: string, businessId?: string): boolean {
    const searched = businessId === undefined ? [...this.#ofBusiness.keys()] : [businessId];
    return searched.some((each) => this.#keep(each, ({ fault }) => fault.id !== id) > 0);
  }

  /** Takes all away, or those that name the business. Answers how many there were. */
  clear(businessId?: string): number {
    if (businessId !== undefined) return this.#keep(businessId, () => false);
    const before = this.#size;
    this.#ofBusiness.clear();
    this.#size = 0;
    return before;
  }

  /** Puts these, newest first, in the place of what is there. */
  restore(faults: readonly Fault[]): void {
    this.clear();
    for (const fault of faults.toReversed()) this.#put(fault);
    this.#added = Math.max(this.#added, ...faults.map(({ id }) => Number(/^fault-(\d{1,15})$/.exec(id)?.[1] ?? 0)));
  }

  /** The first fault that strikes. Synchronous, so that two requests never share one that is meant for one. */
  take(when: Fault["when"], suspect: Suspect): Fault | undefined {
    const { businessId } = suspect;
    const own = businessId === undefined ? [] : this.#of(businessId);
    for (const standing of newestFirst([...own, ...this.#of(undefined)])) {
      const { fault } = standing;
      if (fault.when !== when || !matches(fault, suspect)) continue;
      const seen = { ...fault, seen: fault.seen + 1 };
      const strikes = seen.seen > fault.skip && (fault.probability === 1 || this.#random() < fault.probability);
      standing.fault = strikes ? { ...seen, hits: fault.hits + 1 } : seen;
      if (isUsedUp(standing.fault)) this.#keep(fault.match.business_id, (other) => other !== standing);
      if (strikes) return standing.fault;
    }
    return undefined;
  }

  #of(businessId: string | undefined): readonly Standing[] {
    return this.#ofBusiness.get(businessId) ?? [];
  }

  #put(fault: Fault): void {
    this.#added += 1;
    this.#size += 1;
    const standing = { fault, order: this.#added };
    const all = this.#ofBusiness.get(fault.match.business_id);
    if (all === undefined) this.#ofBusiness.set(fault.match.business_id, [standing]);
    else all.push(standing);
  }

  /** Takes away those of the business that are not to be kept. Answers how many there were. */
  #keep(businessId: string | undefined, isKept: (standing: Standing) => boolean): number {
    const all = this.#of(businessId);
    const kept = all.filter(isKept);
    if (kept.length === 0) this.#ofBusiness.delete(businessId);
    else this.#ofBusiness.set(businessId, kept);
    this.#size -= all.length - kept.length;
    return all.length - kept.length;
  }
}

/** A fault as it is by now, and how many came before it. */
interface Standing {
  readonly order: number;
  fault: Fault;
}

const newestFirst = (standing: readonly Standing[]) => standing.toSorted((a, b) => b.order - a.order);

const isUsedUp = ({ times, hits }: Fault) => times !== null && hits >= times;

/** What a fault says of the business is looked at before. */
const matches = ({ match }: Fault, { operation, tokenId }: Suspect) =>
  (match.operation === undefined || match.operation === operation) &&
  (match.token_id === undefined || match.token_id === tokenId);
