import * as z from "zod";
import { Timestamp } from "./clock.ts";
import { BusinessId, OperationName } from "./operation.ts";

const Headers = z.record(z.string(), z.string());

/** A secret where none belongs. */
export const Leak = z
  .object({
    /** A query parameter, a place in the body, a header, the path, or the business that it was sent to. */
    where: z.string(),
    token_id: z.string(),
  })
  .meta({ id: "Leak" });
export type Leak = z.infer<typeof Leak>;

/** An exchange on record. Secrets are masked wherever they stood. */
export const JournalEntry = z
  .object({
    /** Counts up from 1 for as long as the double runs. */
    id: z.int(),
    at: Timestamp,
    method: z.string(),
    path: z.string(),
    operation: OperationName.nullable(),
    business_id: z.string().nullable(),
    user_id: z.string().nullable(),
    token_id: z.string().nullable(),
    /** null: no answer was sent. */
    status: z.int().nullable(),
    /** The rule of the fidelity ledger that decided. */
    rule: z.string().nullable(),
    rule_source: z.enum(["documented", "recorded", "inferred"]).nullable(),
    fault_id: z.string().nullable(),
    duration_ms: z.number(),
    request: z.object({ headers: Headers, query: z.record(z.string(), z.string()), body: z.unknown() }),
    response: z.object({ headers: Headers, body: z.unknown() }),
    leaks: z.array(Leak),
  })
  .meta({ id: "JournalEntry" });
export type JournalEntry = z.infer<typeof JournalEntry>;

const filter = {
  operation: OperationName.optional(),
  business_id: BusinessId.optional(),
  token_id: z.string().optional(),
  rule: z.string().optional(),
};

export const JournalQuery = z.strictObject({
  ...filter,
  status: z.coerce.number().int().optional(),
  /** Entries with a greater id only. */
  since: z.coerce.number().int().min(0).optional(),
  limit: z.coerce.number().int().min(1).max(10_000).optional(),
});
export type JournalQuery = z.infer<typeof JournalQuery>;

export const JournalPage = z
  .object({
    entries: z.array(JournalEntry),
    /** What to pass as `since` to go on from here. */
    next: z.int(),
    /**
     * How many entries of this business (or of all) have been dropped to keep the journal bounded. Those of businesses that
     * nobody knows are counted together where there are many.
     */
    dropped: z.int(),
  })
  .meta({ id: "JournalPage" });
export type JournalPage = z.infer<typeof JournalPage>;

export const JournalMatch = z
  .strictObject({
    ...filter,
    method: z.string().optional(),
    status: z.int().nullable().optional(),
    since: z.int().min(0).optional(),
  })
  .meta({ id: "JournalMatch" });
export type JournalMatch = z.infer<typeof JournalMatch>;

/** What must have happened, or must happen within `within_ms` real milliseconds. */
export const Expectation = z
  .strictObject({
    match: JournalMatch.default({}),
    count: z
      .strictObject({ min: z.int().min(0).optional(), max: z.int().min(0).optional() })
      .refine(({ min = 0, max = min }) => min <= max, "min is greater than max")
      .default({ min: 1 }),
    within_ms: z.int().min(0).max(600_000).default(0),
  })
  .meta({ id: "Expectation" });
export type Expectation = z.input<typeof Expectation>;

export const Met = z.object({ count: z.int(), entries: z.array(JournalEntry) }).meta({ id: "Met" });
export type Met = z.infer<typeof Met>;

/** Why an expectation was not met, with the entries that came nearest and what differs in each. */
export const Unmet = z
  .object({
    detail: z.string(),
    reason: z.enum(["too_few", "too_many", "truncated"]),
    count: z.int(),
    nearest: z.array(
      z.object({
        entry: JournalEntry,
        differs: z.array(z.object({ field: z.string(), expected: z.unknown(), actual: z.unknown() })),
      }),
    ),
  })
  .meta({ id: "Unmet" });
export type Unmet = z.infer<typeof Unmet>;
