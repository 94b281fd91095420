import * as z from "zod";

const firstMoment = Date.parse("0001-01-01T00:00:00Z");
/** The last that is answered with a year of four digits. */
export const lastMoment = Date.parse("9999-12-31T23:59:59.999Z");

/** A moment on the wire: RFC 3339. In UTC, where it is answered, its year must have four digits still. */
export const Timestamp = z.iso.datetime({ offset: true }).refine((text) => {
  const at = Date.parse(text);
  // What is no moment at all is complained of already.
  return !(at < firstMoment || at > lastMoment);
}, "must lie in the years 1 to 9999, in UTC");

/** A length of time: seconds, or an ISO 8601 duration of weeks, days, hours, minutes and seconds; either may be negative. */
export const Duration = z.union([
  z.number(),
  z
    .string()
    .regex(
      /^-?P(?=.)(\d+W)?(\d+D)?(T(?=.)(\d+H)?(\d+M)?(\d+(\.\d+)?S)?)?$/,
      "must be a number of seconds, or an ISO 8601 duration such as P30D or PT1H30M",
    ),
]);

/** How a clock is to run: stopped (now or at a moment), moved to a moment, or a length of time apart from the machine's. */
export const ClockSetting = z
  .strictObject({
    freeze: z.union([z.literal(true), Timestamp]).optional(),
    set: Timestamp.optional(),
    offset: Duration.optional(),
  })
  .refine((setting) => Object.keys(setting).length === 1, "give exactly one of freeze, set and offset")
  .meta({ id: "ClockSetting" });
export type ClockSetting = z.infer<typeof ClockSetting>;

/** How far to move a clock. */
export const ClockAdvance = z
  .strictObject({ seconds: z.number().optional(), duration: Duration.optional() })
  .refine((advance) => Object.keys(advance).length === 1, "give exactly one of seconds and duration")
  .meta({ id: "ClockAdvance" });
export type ClockAdvance = z.infer<typeof ClockAdvance>;

/** What a clock says. `own` tells a business with a clock of its own from one that follows the global clock. */
export const ClockReading = z
  .object({
    mode: z.enum(["real", "offset", "frozen"]),
    now: Timestamp,
    offset_seconds: z.number(),
    business_id: z.string().nullable(),
    own: z.boolean(),
  })
  .meta({ id: "ClockReading" });
export type ClockReading = z.infer<typeof ClockReading>;
