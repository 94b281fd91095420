import { initContract } from "@ts-rest/core";
import * as z from "zod";
import type { RouteMetadata } from "../contract.ts";
import { ErrorBody } from "../errors.ts";
import { ClockAdvance, ClockReading, ClockSetting } from "./clock.ts";
import { Fault, FaultRequest } from "./fault.ts";
import { Expectation, JournalEntry, JournalPage, JournalQuery, Met, Unmet } from "./journal.ts";
import { BusinessId } from "./operation.ts";
import { Sandbox, SandboxRequest } from "./sandbox.ts";
import { Seed, Seeded } from "./seed.ts";
import { State } from "./state.ts";

const c = initContract();

const route = (operationId: string, responses: Record<number, string>): RouteMetadata => ({
  operationId,
  tags: ["control"],
  responses: {
    ...responses,
    401: "No control token, where one is asked for",
    403: "Refused by a guard rail",
    413: "A body that is too large",
    415: "A body that is not said to be JSON",
    422: "Not understood",
  },
});

const Refusal = ErrorBody.meta({ id: "Refusal" });

/** What every control route may be refused by: a guard rail. */
const open = { 403: Refusal };
/** All but two ask for the control token, where there is one. */
const guarded = { 401: Refusal, ...open };
/** A query may not be understood, nor a body, which may not even be read. */
const withQuery = { ...guarded, 422: Refusal };
const withBody = { ...withQuery, 413: Refusal, 415: Refusal };

const OfBusiness = z.strictObject({ business_id: BusinessId.optional() });

export const Info = z
  .object({
    name: z.literal("dayzero-double"),
    version: z.string(),
    /** Of both contracts: two doubles with the same digest speak alike. */
    contract_digest: z.string(),
    uptime_seconds: z.number(),
    seed: z.string().nullable(),
    /** Whether successes come in an envelope, where no sandbox says otherwise. */
    envelope: z.boolean(),
    limits: z.object({
      max_active_tokens: z.int(),
      rate_limit_per_second: z.number().nullable(),
      /** The most exchanges that the journal keeps, and the most memory that they take. */
      journal: z.int(),
      journal_bytes: z.int(),
    }),
    clock: ClockReading,
    /** Requests in which the double was at fault: its reply broke the contract, or none could be sent. Bugs of the double. */
    contract_violations: z.int(),
    /** Requests with a well-formed token that this double did not mint: somebody may be using a real credential. */
    foreign_tokens: z.int(),
    leaks: z.int(),
    /** Requests under /api/v1 that the double has no route for. DayZero may have one. */
    unrouted: z.int(),
  })
  .meta({ id: "Info" });
export type Info = z.infer<typeof Info>;

export const ResetRequest = z
  .strictObject({
    to: z.enum(["seed", "empty"]).default("seed"),
    business_id: BusinessId.optional(),
    keep: z.array(z.enum(["journal", "clock", "faults"])).default([]),
  })
  .meta({ id: "ResetRequest" });
export type ResetRequest = z.input<typeof ResetRequest>;

/** What a reset removed. */
export const ResetReport = z
  .object({ tokens: z.int(), businesses: z.int(), faults: z.int(), journal: z.int() })
  .meta({ id: "ResetReport" });
export type ResetReport = z.infer<typeof ResetReport>;

const Up = z.object({ status: z.literal("ok") });
const Ready = z.object({ status: z.enum(["ok", "starting", "stopping"]) });

const options = { pathPrefix: "/_double", strictStatusCodes: true } as const;

/** The control plane of a double, under `/_double`. */
export const controlContract = c.router(
  {
    health: {
      method: "GET",
      path: "/health",
      summary: "Whether the double is alive",
      metadata: route("health", { 200: "It is" }),
      responses: { 200: Up, ...open },
    },
    ready: {
      method: "GET",
      path: "/ready",
      summary: "Whether the double is seeded and accepts requests",
      metadata: route("ready", { 200: "It does", 503: "Not yet, or no longer" }),
      responses: { 200: Ready, 503: Ready, ...open },
    },
    info: {
      method: "GET",
      path: "/info",
      summary: "Versions, limits, clock, and what the double has noticed",
      metadata: route("info", { 200: "What it is and how it is set" }),
      responses: { 200: Info, ...guarded },
    },
    createSandbox: {
      method: "POST",
      path: "/sandboxes",
      summary: "A fresh business, user and working token",
      metadata: route("createSandbox", { 201: "The sandbox, its secrets shown once" }),
      body: SandboxRequest.nullish(),
      responses: { 201: Sandbox, ...withBody },
    },
    deleteSandbox: {
      method: "DELETE",
      path: "/sandboxes/:business_id",
      summary: "Forget a business: its state, faults, clock and journal",
      metadata: route("deleteSandbox", { 204: "Forgotten", 404: "No such business" }),
      pathParams: z.object({ business_id: BusinessId }),
      body: c.noBody(),
      responses: { 204: c.noBody(), 404: Refusal, ...guarded },
    },
    reset: {
      method: "POST",
      path: "/reset",
      summary: "Back to the seed, or to nothing; for all, or for one business",
      metadata: route("reset", { 200: "What was removed", 404: "No such business" }),
      body: ResetRequest.nullish(),
      responses: { 200: ResetReport, 404: Refusal, ...withBody },
    },
    getState: {
      method: "GET",
      path: "/state",
      summary: "A snapshot of everything the double answers from",
      metadata: route("getState", { 200: "The state, secrets as digests" }),
      responses: { 200: State, ...guarded },
    },
    putState: {
      method: "PUT",
      path: "/state",
      summary: "Restore a snapshot",
      metadata: route("putState", { 200: "Restored" }),
      body: State,
      responses: { 200: z.object({ tokens: z.int() }), ...withBody },
    },
    seed: {
      method: "POST",
      path: "/seed",
      summary: "Add users, businesses, permissions and tokens",
      metadata: route("seed", {
        201: "What was added; secrets that were made up are shown this once",
        409: "Something of the kind is there already",
      }),
      body: Seed,
      responses: { 201: Seeded, 409: Refusal, ...withBody },
    },
    getClock: {
      method: "GET",
      path: "/clock",
      summary: "What time it is",
      metadata: route("getClock", { 200: "The time, and how the clock runs" }),
      query: OfBusiness,
      responses: { 200: ClockReading, ...withQuery },
    },
    setClock: {
      method: "PUT",
      path: "/clock",
      summary: "Freeze, set or offset the clock",
      metadata: route("setClock", { 200: "The time, and how the clock runs" }),
      query: OfBusiness,
      body: ClockSetting,
      responses: { 200: ClockReading, ...withBody },
    },
    resetClock: {
      method: "DELETE",
      path: "/clock",
      summary: "Back to real time; a business back to the global clock",
      metadata: route("resetClock", { 200: "The time, and how the clock runs" }),
      query: OfBusiness,
      body: c.noBody(),
      responses: { 200: ClockReading, ...withQuery },
    },
    advanceClock: {
      method: "POST",
      path: "/clock/advance",
      summary: "Move the clock, forwards or backwards",
      metadata: route("advanceClock", { 200: "The time, and how the clock runs" }),
      query: OfBusiness,
      body: ClockAdvance,
      responses: { 200: ClockReading, ...withBody },
    },
    listFaults: {
      method: "GET",
      path: "/faults",
      summary: "The faults in force, newest first",
      metadata: route("listFaults", { 200: "The faults" }),
      query: OfBusiness,
      responses: { 200: z.object({ faults: z.array(Fault) }), ...withQuery },
    },
    addFault: {
      method: "POST",
      path: "/faults",
      summary: "Make something go wrong",
      metadata: route("addFault", { 201: "The fault, with its id", 409: "There are as many as there may be" }),
      body: FaultRequest,
      responses: { 201: Fault, 409: ErrorBody, ...withBody },
    },
    clearFaults: {
      method: "DELETE",
      path: "/faults",
      summary: "Take all faults away, or those of one business",
      metadata: route("clearFaults", { 200: "How many there were" }),
      query: OfBusiness,
      body: c.noBody(),
      responses: { 200: z.object({ faults: z.int() }), ...withQuery },
    },
    removeFault: {
      method: "DELETE",
      path: "/faults/:id",
      summary: "Take one fault away",
      metadata: route("removeFault", { 204: "Taken away", 404: "No such fault" }),
      pathParams: z.object({ id: z.string() }),
      body: c.noBody(),
      responses: { 204: c.noBody(), 404: Refusal, ...guarded },
    },
    readJournal: {
      method: "GET",
      path: "/journal",
      summary: "What happened, with the rule that decided each answer",
      metadata: route("readJournal", { 200: "The entries, oldest first" }),
      query: JournalQuery,
      responses: { 200: JournalPage, ...withQuery },
    },
    clearJournal: {
      method: "DELETE",
      path: "/journal",
      summary: "Forget what happened, in all businesses or in one",
      metadata: route("clearJournal", { 200: "How many entries there were" }),
      query: OfBusiness,
      body: c.noBody(),
      responses: { 200: z.object({ journal: z.int() }), ...withQuery },
    },
    expect: {
      method: "POST",
      path: "/journal/expect",
      summary: "Assert that something happened, or wait until it does",
      metadata: route("expect", { 200: "It did", 409: "It did not; the nearest entries and what differs" }),
      body: Expectation,
      responses: { 200: Met, 409: Unmet, ...withBody },
    },
  },
  options,
);

/** What of the control plane goes on for as long as somebody listens, and is more than ts-rest answers. */
export const controlStreams = c.router(
  {
    streamJournal: {
      method: "GET",
      path: "/journal/stream",
      summary: "Each new entry of the journal, as a server-sent event",
      metadata: route("streamJournal", { 200: "Events without end; the data of each is an entry, in JSON" }),
      query: OfBusiness,
      headers: {
        "last-event-id": z.string().optional().meta({ description: "The id of the last entry that was seen" }),
      },
      responses: { 200: c.otherResponse({ contentType: "text/event-stream", body: JournalEntry }), ...guarded },
    },
  },
  options,
);
