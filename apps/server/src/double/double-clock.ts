import { parseDuration } from "../steering/duration.ts";
import { type Moment, momentOf, toDate } from "../tokens/instant.ts";
import type { Clocks } from "../world/clock.ts";

/** A length of time. What is given adds up; `duration` is ISO 8601, such as `P30D`. */
export interface Span {
  readonly days?: number;
  readonly hours?: number;
  readonly minutes?: number;
  readonly seconds?: number;
  readonly milliseconds?: number;
  readonly duration?: string;
}

/** A clock of a double, in the words of the control plane. */
export interface DoubleClock {
  now(): Date;
  /** Stops the clock, now or at a moment. */
  freeze(at?: Moment): void;
  /** Moves the clock to a moment; it goes on from there, or stays frozen there. */
  set(at: Moment): void;
  /** Lets the clock run, so long apart from the machine's. */
  offset(span: Span): void;
  /** Moves the clock, forwards or backwards. */
  advance(span: Span): void;
  /** Back to real time; the clock of a sandbox back to the double's. */
  reset(): void;
}

/** The clock of the business or, without one, the clock of all that have none of their own. */
export const doubleClock = (clocks: Clocks, businessId?: string): DoubleClock => ({
  now: () => toDate(clocks.now(businessId)),
  freeze: (at) => clocks.own(businessId).freeze(at === undefined ? undefined : momentOf(at)),
  set: (at) => clocks.own(businessId).set(momentOf(at)),
  offset: (span) => clocks.own(businessId).setOffset(millisecondsOf(span)),
  advance: (span) => clocks.own(businessId).advance(millisecondsOf(span)),
  reset: () => clocks.reset(businessId),
});

const millisecondsOf = ({ days = 0, hours = 0, minutes = 0, seconds = 0, milliseconds = 0, duration }: Span) =>
  Math.round((((days * 24 + hours) * 60 + minutes) * 60 + seconds) * 1000 + milliseconds) +
  (duration === undefined ? 0 : parseDuration(duration));
