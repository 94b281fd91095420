import * as z from "zod";
import { Timestamp } from "./clock.ts";
import { Fault } from "./fault.ts";
import { mostFaults } from "./limits.ts";
import { PermissionName } from "./operation.ts";

const ClockState = z.union([
  z.strictObject({ mode: z.literal("real") }),
  z.strictObject({ mode: z.literal("offset"), offset_ms: z.number() }),
  z.strictObject({ mode: z.literal("frozen"), at: Timestamp }),
]);

const StoredToken = z
  .strictObject({
    id: z.string(),
    jti: z.string(),
    user_id: z.string(),
    business_id: z.string(),
    name: z.string(),
    description: z.string().nullable(),
    prefix: z.string(),
    digest: z.string().meta({ description: "SHA-256 of the secret, base64url" }),
    created_at: Timestamp,
    expires_at: Timestamp.nullable(),
    last_used_at: Timestamp.nullable(),
    revocation: z.strictObject({ at: Timestamp, by: z.string(), reason: z.string().nullable() }).nullable(),
  })
  .meta({ id: "StoredToken" });

/** Everything that a double would answer from, secrets as digests. What `GET state` answers, `PUT state` takes. */
export const State = z
  .strictObject({
    version: z.literal(1),
    users: z.array(z.strictObject({ id: z.string(), email: z.string() })),
    grants: z.array(
      z.strictObject({ user_id: z.string(), business_id: z.string(), permissions: z.array(PermissionName) }),
    ),
    tokens: z.array(StoredToken),
    clock: ClockState,
    business_clocks: z.record(z.string(), ClockState),
    faults: z.array(Fault).max(mostFaults),
  })
  .meta({ id: "State" });
export type State = z.infer<typeof State>;
export type StoredToken = z.infer<typeof StoredToken>;
export type StoredClock = z.infer<typeof ClockState>;
