import * as z from "zod";
import { ClockSetting } from "./clock.ts";
import { PermissionName } from "./operation.ts";

/**
 * The states that are tedious to bring about: `active`, `expired` (a second ago), `expiring` (in a second), `revoked`,
 * and `at_limit` (as many active ones as the limit leaves room for).
 */
export const HardState = z.enum(["active", "expired", "expiring", "revoked", "at_limit"]);
export type HardState = z.infer<typeof HardState>;

export const SandboxRequest = z
  .strictObject({
    permissions: z.array(PermissionName).optional(),
    tokens: z.array(HardState).max(100).optional(),
    clock: ClockSetting.optional(),
    envelope: z
      .boolean()
      .optional()
      .meta({ description: "Whether successes come in an envelope; as the double has it, unless said" }),
  })
  .meta({ id: "SandboxRequest" });
export type SandboxRequest = z.infer<typeof SandboxRequest>;

/** A token made for the asking, with its secret. */
export const MintedToken = z
  .object({ state: HardState, id: z.string(), name: z.string(), token: z.string() })
  .meta({ id: "MintedToken" });
export type MintedToken = z.infer<typeof MintedToken>;

/** A business, a user and a working token that nobody else has. */
export const Sandbox = z
  .object({
    business_id: z.string(),
    user_id: z.string(),
    email: z.string(),
    token: z.string(),
    token_id: z.string(),
    tokens: z.array(MintedToken),
  })
  .meta({ id: "Sandbox" });
export type Sandbox = z.infer<typeof Sandbox>;
