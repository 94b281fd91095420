import * as z from "zod";
import { BusinessId, OperationName } from "./operation.ts";

const milliseconds = z.number().min(0).max(600_000);

/** How long an answer is held back, in real milliseconds: always as long, evenly spread, or log-normal around a median. */
export const Latency = z.union([
  z.strictObject({ fixed_ms: milliseconds }),
  z
    .strictObject({ min_ms: milliseconds, max_ms: milliseconds })
    .refine(({ min_ms, max_ms }) => min_ms <= max_ms, "min_ms is greater than max_ms"),
  z.strictObject({ median_ms: milliseconds, sigma: z.number().min(0).max(5) }),
]);
export type Latency = z.infer<typeof Latency>;

/**
 * What becomes of the connection: `reset` (TCP reset), `empty` (closed without a byte), `truncate` (closed in the
 * middle of the body), `hang` (nothing more, until the client leaves or the double stops), `garbage` (bytes that are
 * no HTTP).
 */
export const ConnectionFault = z.enum(["reset", "empty", "truncate", "hang", "garbage"]);
export type ConnectionFault = z.infer<typeof ConnectionFault>;

export const FaultEffect = z
  .strictObject({
    status: z.int().min(200).max(599).optional(),
    /** Without one, upstream's own example for the status. */
    body: z.json().optional(),
    headers: z.record(z.string().regex(/^[!#$%&'*+.^_`|~\w-]+$/), z.string()).optional(),
    latency: Latency.optional(),
    connection: ConnectionFault.optional(),
  })
  .refine((effect) => Object.keys(effect).length > 0, "give at least one of status, latency and connection")
  .refine(
    ({ status, body, headers }) => status !== undefined || (body === undefined && headers === undefined),
    "headers and a body need a status",
  )
  .refine(
    ({ connection, status }) => status === undefined || connection === undefined || connection === "truncate",
    "only a truncated connection can carry a status",
  );
export type FaultEffect = z.infer<typeof FaultEffect>;

/** Which requests a fault is for; what is left out matches all. */
export const FaultMatch = z.strictObject({
  operation: OperationName.optional(),
  business_id: BusinessId.optional(),
  /** The id of the token that the request is made with. */
  token_id: z.string().optional(),
});
export type FaultMatch = z.infer<typeof FaultMatch>;

/** Something to go wrong, and when. */
export const FaultRequest = z.strictObject({
  match: FaultMatch.default({}),
  effect: FaultEffect,
  /** Before the operation, which then does not happen; or after it, when its answer is all that is lost. */
  when: z.enum(["before", "after"]).default("before"),
  /** How many requests it is for; without it, all. */
  times: z.int().min(1).optional(),
  /** How many matching requests it lets pass first. */
  skip: z.int().min(0).default(0),
  /** The chance that it strikes; drawn from the double's seed. */
  probability: z.number().min(0).max(1).default(1),
});
export type FaultRequest = z.input<typeof FaultRequest>;

/** How many faults can be in force at once. */
export const mostFaults = 1000;

/** A fault in force. */
export const Fault = z.object({
  id: z.string(),
  match: FaultMatch,
  effect: FaultEffect,
  when: z.enum(["before", "after"]),
  times: z.int().nullable(),
  skip: z.int(),
  probability: z.number(),
  /** Matching requests so far, those it let pass included. */
  seen: z.int(),
  hits: z.int(),
});
export type Fault = z.infer<typeof Fault>;
