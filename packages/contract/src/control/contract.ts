import { initContract } from "@ts-rest/core";
import * as z from "zod";
import type { RouteMetadata } from "../contract.ts";
import { ErrorBody } from "../errors.ts";
import { ClockAdvance, ClockReading, ClockSetting } from "./clock.ts";
import { Fault, FaultRequest } from "./fault.ts";
import { Expectation, JournalPage, JournalQuery, Met, Unmet } from "./journal.ts";
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
    422: "Not understood",
  },
});

/** Every control route may be refused: by a guard rail, or because it was not understood. */
const refused = { 401: ErrorBody, 403: ErrorBody, 415: ErrorBody, 422: ErrorBody };

const OfBusiness = z.strictObject({ business_id: BusinessId.optional() });

export const Info = z.object({
  name: z.literal("dayzero-double"),
  version: z.string(),
  /** Of both contracts: two doubles with the same digest speak alike. */
  contract_digest: z.string(),
  uptime_seconds: z.number(),
  seed: z.string().nullable(),
  limits: z.object({ max_active_tokens: z.int(), rate_limit_per_second: z.number().nullable(), journal: z.int() }),
  clock: ClockReading,
  /** Replies that broke the contract: bugs of the double. */
  contract_violations: z.int(),
  /** Requests with a well-formed token that this double did not mint: somebody may be using a real credential. */
  foreign_tokens: z.int(),
  leaks: z.int(),
});
export type Info = z.infer<typeof Info>;

export const ResetRequest = z.strictObject({
  to: z.enum(["seed", "empty"]).default("seed"),
  business_id: BusinessId.optional(),
  keep: z.array(z.enum(["journal", "clock", "faults"])).default([]),
});
export type ResetRequest = z.input<typeof ResetRequest>;

/** What a reset removed. */
export const ResetReport = z.object({ tokens: z.int(), businesses: z.int(), faults: z.int(), journal: z.int() });
export type ResetReport = z.infer<typeof ResetReport>;

const Up = z.object({ status: z.literal("ok") });
const Ready = z.object({ status: z.enum(["ok", "starting", "stopping"]) });

/** The control plane of a double, under `/_double`. */
export const controlContract = c.router(
  {
    health: {
      method: "GET",
      path: "/health",
      summary: "Whether the double is alive",
      metadata: route("health", { 200: "It is" }),
      responses: { 200: Up, ...refused },
    },
    ready: {
      method: "GET",
      path: "/ready",
      summary: "Whether the double is seeded and accepts requests",
      metadata: route("ready", { 200: "It does", 503: "Not yet, or no longer" }),
      responses: { 200: Ready, 503: Ready, ...refused },
    },
    info: {
      method: "GET",
      path: "/info",
      summary: "Versions, limits, clock, and what the double has noticed",
      metadata: route("info", { 200: "What it is and how it is set" }),
      responses: { 200: Info, ...refused },
    },
    createSandbox: {
      method: "POST",
      path: "/sandboxes",
      summary: "A fresh business, user and working token",
      metadata: route("createSandbox", { 201: "The sandbox, its secrets shown once" }),
      body: SandboxRequest.nullish(),
      responses: { 201: Sandbox, ...refused },
    },
    deleteSandbox: {
      method: "DELETE",
      path: "/sandboxes/:business_id",
      summary: "Forget a business: its state, faults, clock and journal",
      metadata: route("deleteSandbox", { 204: "Forgotten", 404: "No such business" }),
      pathParams: z.object({ business_id: BusinessId }),
      body: c.noBody(),
      responses: { 204: c.noBody(), 404: ErrorBody, ...refused },
    },
    reset: {
      method: "POST",
      path: "/reset",
      summary: "Back to the seed, or to nothing; for all, or for one business",
      metadata: route("reset", { 200: "What was removed", 404: "No such business" }),
      body: ResetRequest.nullish(),
      responses: { 200: ResetReport, 404: ErrorBody, ...refused },
    },
    getState: {
      method: "GET",
      path: "/state",
      summary: "A snapshot of everything the double answers from",
      metadata: route("getState", { 200: "The state, secrets as digests" }),
      responses: { 200: State, ...refused },
    },
    putState: {
      method: "PUT",
      path: "/state",
      summary: "Restore a snapshot",
      metadata: route("putState", { 200: "Restored" }),
      body: State,
      responses: { 200: z.object({ tokens: z.int() }), ...refused },
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
      responses: { 201: Seeded, 409: ErrorBody, ...refused },
    },
    getClock: {
      method: "GET",
      path: "/clock",
      summary: "What time it is",
      metadata: route("getClock", { 200: "The time, and how the clock runs" }),
      query: OfBusiness,
      responses: { 200: ClockReading, ...refused },
    },
    setClock: {
      method: "PUT",
      path: "/clock",
      summary: "Freeze, set or offset the clock",
      metadata: route("setClock", { 200: "The time, and how the clock runs" }),
      query: OfBusiness,
      body: ClockSetting,
      responses: { 200: ClockReading, ...refused },
    },
    resetClock: {
      method: "DELETE",
      path: "/clock",
      summary: "Back to real time; a business back to the global clock",
      metadata: route("resetClock", { 200: "The time, and how the clock runs" }),
      query: OfBusiness,
      body: c.noBody(),
      responses: { 200: ClockReading, ...refused },
    },
    advanceClock: {
      method: "POST",
      path: "/clock/advance",
      summary: "Move the clock, forwards or backwards",
      metadata: route("advanceClock", { 200: "The time, and how the clock runs" }),
      query: OfBusiness,
      body: ClockAdvance,
      responses: { 200: ClockReading, ...refused },
    },
    listFaults: {
      method: "GET",
      path: "/faults",
      summary: "The faults in force, newest first",
      metadata: route("listFaults", { 200: "The faults" }),
      query: OfBusiness,
      responses: { 200: z.object({ faults: z.array(Fault) }), ...refused },
    },
    addFault: {
      method: "POST",
      path: "/faults",
      summary: "Make something go wrong",
      metadata: route("addFault", { 201: "The fault, with its id" }),
      body: FaultRequest,
      responses: { 201: Fault, ...refused },
    },
    clearFaults: {
      method: "DELETE",
      path: "/faults",
      summary: "Take all faults away, or those of one business",
      metadata: route("clearFaults", { 200: "How many there were" }),
      query: OfBusiness,
      body: c.noBody(),
      responses: { 200: z.object({ faults: z.int() }), ...refused },
    },
    removeFault: {
      method: "DELETE",
      path: "/faults/:id",
      summary: "Take one fault away",
      metadata: route("removeFault", { 204: "Taken away", 404: "No such fault" }),
      pathParams: z.object({ id: z.string() }),
      body: c.noBody(),
      responses: { 204: c.noBody(), 404: ErrorBody, ...refused },
    },
    readJournal: {
      method: "GET",
      path: "/journal",
      summary: "What happened, with the rule that decided each answer",
      metadata: route("readJournal", { 200: "The entries, oldest first" }),
      query: JournalQuery,
      responses: { 200: JournalPage, ...refused },
    },
    clearJournal: {
      method: "DELETE",
      path: "/journal",
      summary: "Forget what happened, in all businesses or in one",
      metadata: route("clearJournal", { 200: "How many entries there were" }),
      query: OfBusiness,
      body: c.noBody(),
      responses: { 200: z.object({ journal: z.int() }), ...refused },
    },
    expect: {
      method: "POST",
      path: "/journal/expect",
      summary: "Assert that something happened, or wait until it does",
      metadata: route("expect", { 200: "It did", 409: "It did not; the nearest entries and what differs" }),
      body: Expectation,
      responses: { 200: Met, 409: Unmet, ...refused },
    },
  },
  { pathPrefix: "/_double", strictStatusCodes: true },
);
