/** A moment: whole milliseconds since 1970-01-01T00:00:00Z. */
export type Instant = number;

/** A day, in milliseconds. */
export const day = 86_400_000;

/** RFC 3339 in UTC with six fractional digits, as Pydantic renders a datetime. */
export const formatInstant = (at: Instant): string => `${new Date(at).toISOString().slice(0, -1)}000Z`;

/** The moment that an RFC 3339 text names; what is finer than a millisecond is cut off. */
export const parseInstant = (text: string): Instant => {
  const at = Date.parse(text);
  if (Number.isNaN(at)) throw new RangeError(`${text} is no moment such as 2026-01-31T12:00:00Z`);
  return at;
};

/** A moment as people write it: a Date, or RFC 3339. */
export type Moment = Date | string;

export const momentOf = (moment: Moment): Instant =>
  typeof moment === "string" ? parseInstant(moment) : moment.getTime();

export const toDate = (at: Instant): Date => new Date(at);
