import type {
  Expectation,
  Fault,
  FaultRequest,
  JournalEntry,
  JournalMatch,
  Met,
} from "@dayzero-tokens/contract/control";
import { addFault } from "../steering/add-fault.ts";
import { journalEntry } from "../steering/journal-wire.ts";
import { meetExpectation } from "../steering/meet-expectation.ts";
import { masked } from "../world/mask.ts";
import type { World } from "../world/world.ts";
import { type DoubleClock, doubleClock } from "./double-clock.ts";
import { ExpectationError } from "./expectation-error.ts";

/** What can be done to a double, or to the part of it that is one sandbox's: the control plane's words, in process. */
export interface Steering {
  readonly clock: DoubleClock;
  readonly faults: {
    /** Makes something go wrong from the next request on. Throws where the control plane would refuse. */
    add(fault: FaultRequest): Fault;
    /** The faults in force, newest first. */
    list(): readonly Fault[];
    /** Answers whether there was such a fault, here. */
    remove(id: string): boolean;
    /** Answers how many there were. */
    clear(): number;
  };
  readonly journal: {
    /** What happened, oldest first, secrets masked. */
    entries(match?: JournalMatch): readonly JournalEntry[];
    /** Answers how many entries there were. */
    clear(): number;
  };
  /** Asserts that something happened or, with `within_ms`, waits until it does. Rejects with an ExpectationError. */
  expect(expectation: Expectation): Promise<Met>;
}

/** Steers what belongs to the business; without one, everything. */
export const steeringOf = (world: World, businessId?: string): Steering => {
  const { clock, faults, journal, stopping } = world;
  const mine = businessId === undefined ? {} : { business_id: businessId };
  return {
    clock: doubleClock(clock, businessId),
    faults: {
      add: (fault) => masked(addFault(world, fault, businessId)),
      list: () => masked(faults.list(businessId)),
      remove: (id) => faults.remove(id, businessId),
      clear: () => faults.clear(businessId),
    },
    journal: {
      entries: (match = {}) => journal.read({ ...match, ...mine }).map(journalEntry),
      clear: () => journal.clear(businessId),
    },
    async expect(expectation) {
      const mineOnly = { ...expectation, match: { ...expectation.match, ...mine } };
      const { met, answer } = await meetExpectation(journal, mineOnly, stopping);
      if (!met) throw new ExpectationError(answer);
      return answer;
    },
  };
};
