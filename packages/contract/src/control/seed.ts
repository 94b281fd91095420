import { text } from "@dayzero-tokens/fastapi/scalars";
import * as z from "zod";
import { Timestamp } from "./clock.ts";
import { PermissionName } from "./operation.ts";

const Uuid = z.guid().toLowerCase();

/** Who and what a double is to know. Everything that is left out is made up; every credential can be pinned. */
export const Seed = z
  .strictObject({
    users: z
      .array(
        z.strictObject({ id: Uuid.optional(), email: z.string().min(1).meta({ description: "Names the user below" }) }),
      )
      .default([]),
    businesses: z
      .array(
        z.strictObject({
          id: Uuid,
          members: z
            .array(
              z.strictObject({
                user: z.string().meta({ description: "The user's e-mail" }),
                permissions: z.array(PermissionName).default(["read", "write"]),
              }),
            )
            .default([]),
        }),
      )
      .default([]),
    tokens: z
      .array(
        z.strictObject({
          id: Uuid.optional(),
          jti: z.string().min(1).optional(),
          user: z.string().meta({ description: "The owner's e-mail" }),
          business: Uuid,
          name: text({ min: 1, max: 255 }),
          description: text().nullable().default(null),
          secret: z
            .string()
            .regex(
              /^dz_[\w.-]{8,}$/,
              "must begin with dz_ and go on with at least 8 letters, digits, dots, hyphens and underscores",
            )
            .optional()
            .meta({ description: "Pins the secret; without it one is signed" }),
          created_at: Timestamp.optional(),
          expires_at: Timestamp.nullable().optional().meta({ description: "null: never" }),
          last_used_at: Timestamp.nullable().default(null),
          revoked: z
            .strictObject({
              at: Timestamp.optional(),
              by: z.string().optional(),
              reason: text().nullable().default(null),
            })
            .optional(),
        }),
      )
      .default([]),
  })
  .meta({ id: "Seed" });
export type Seed = z.input<typeof Seed>;

/**
 * What seeding added. A secret that was made up is answered here and never again; one that was pinned goes by its first
 * characters. What looks like a secret in a name or an e-mail is masked.
 */
export const Seeded = z
  .object({
    users: z.array(z.object({ id: z.string(), email: z.string() })),
    businesses: z.array(z.string()),
    tokens: z.array(z.object({ id: z.string(), name: z.string(), business_id: z.string(), token: z.string() })),
  })
  .meta({ id: "Seeded" });
export type Seeded = z.infer<typeof Seeded>;
