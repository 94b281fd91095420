import { text } from "@dayzero-tokens/fastapi/scalars";
import * as z from "zod";
import { Timestamp } from "./clock.ts";
import { Fault } from "./fault.ts";
import { mostFaults } from "./limits.ts";
import { PermissionName } from "./operation.ts";

const Id = z.string().min(1);

/** Requests name a business by a UUID, and it is looked for in lower case. */
const BusinessUuid = z.guid().lowercase("must be in lower case");

const ClockState = z.union([
  z.strictObject({ mode: z.literal("real") }),
  z.strictObject({ mode: z.literal("offset"), offset_ms: z.int() }),
  z.strictObject({ mode: z.literal("frozen"), at: Timestamp }),
]);

const StoredToken = z
  .strictObject({
    id: Id,
    jti: Id,
    user_id: Id,
    business_id: BusinessUuid,
    name: text({ min: 1, max: 255 }),
    description: text().nullable(),
    prefix: z.string().regex(/^dz_[\w.-]{3}\.{3}$/, "must be the first characters of a secret, such as dz_abc..."),
    digest: z
      .string()
      .regex(/^[\w-]{43}$/, "must be a SHA-256 in base64url")
      .meta({ description: "SHA-256 of the secret, base64url" }),
    created_at: Timestamp,
    expires_at: Timestamp.nullable(),
    last_used_at: Timestamp.nullable(),
    revocation: z.strictObject({ at: Timestamp, by: z.string(), reason: text().nullable() }).nullable(),
  })
  .meta({ id: "StoredToken" });

const count = z.int().min(0);

const StoredFault = Fault.extend({
  // Those to come are numbered on from it.
  id: z.string().regex(/^fault-\d{1,15}$/, "must be an id such as fault-1"),
  times: z.int().min(1).nullable(),
  skip: count,
  probability: z.number().min(0).max(1),
  seen: count,
  hits: count,
});

/**
 * Everything that a double would answer from, secrets as digests. What `GET state` answers, `PUT state` takes; what could
 * not be answered afterwards, or only in one of two ways, is refused.
 */
export const State = z
  .strictObject({
    version: z.literal(1),
    users: z.array(z.strictObject({ id: Id, email: z.string().min(1) })),
    grants: z.array(z.strictObject({ user_id: Id, business_id: BusinessUuid, permissions: z.array(PermissionName) })),
    tokens: z.array(StoredToken),
    clock: ClockState,
    business_clocks: z.record(z.string(), ClockState),
    faults: z.array(StoredFault).max(mostFaults),
  })
  .superRefine(({ users, grants, tokens, faults }, context) => {
    const refuseTwins = (list: string, name: string, keys: readonly string[]) => {
      const first = new Map<string, number>();
      for (const [at, key] of keys.entries()) {
        const other = first.get(key);
        if (other !== undefined) {
          const message = `is that of ${list}.${other} too; each may be there once`;
          return context.addIssue({ code: "custom", path: [list, at, name], message });
        }
        first.set(key, at);
      }
    };
    for (const name of ["id", "email"] as const)
      refuseTwins(
        "users",
        name,
        users.map((user) => user[name]),
      );
    refuseTwins(
      "grants",
      "user_id",
      grants.map((grant) => `${grant.business_id} ${grant.user_id}`),
    );
    for (const name of ["id", "jti", "digest"] as const)
      refuseTwins(
        "tokens",
        name,
        tokens.map((token) => token[name]),
      );
    refuseTwins(
      "faults",
      "id",
      faults.map(({ id }) => id),
    );
  })
  .meta({ id: "State" });
export type State = z.infer<typeof State>;
export type StoredToken = z.infer<typeof StoredToken>;
export type StoredClock = z.infer<typeof ClockState>;
