import { createHash } from "node:crypto";
import { controlContract, controlStreams, type Info } from "@dayzero-tokens/contract/control";
import { type OpenApiDocument, openapi, openapiOf } from "@dayzero-tokens/contract/openapi";
import { masked } from "../world/mask.ts";
import { version } from "../world/version.ts";
import type { World } from "../world/world.ts";
import { readClock } from "./clock-wire.ts";

/** What a double is, how it is set, and what it has noticed. */
export const infoOf = (world: World): Info => ({
  name: "dayzero-double",
  version,
  contract_digest: contractDigest(world.envelope),
  uptime_seconds: Math.round(world.uptime() / 100) / 10,
  seed: masked(world.randomSeed ?? null),
  envelope: world.envelope,
  limits: {
    max_active_tokens: world.limits.maxActiveTokens,
    rate_limit_per_second: world.limits.ratePerSecond ?? null,
    journal: world.journal.limits.entries,
    journal_bytes: world.journal.limits.bytes,
  },
  clock: readClock(world),
  contract_violations: world.noticed.violations,
  foreign_tokens: world.noticed.foreignTokens,
  leaks: world.noticed.leaks,
  unrouted: world.noticed.unrouted,
});

/** The OpenAPI document of the control plane. No 429 in it: control requests meet no rate limit. */
export const controlOpenapi = (): OpenApiDocument =>
  openapiOf(
    { ...controlContract, ...controlStreams },
    {
      info: {
        title: "dayzero-double: control plane",
        version,
        description: "What steers a double of DayZero's api-tokens routes: time, faults, sandboxes, state and journal.",
        license: { name: "MIT", identifier: "MIT" },
      },
      servers: [{ url: "http://127.0.0.1:4010", description: "A double, unless it is told to be elsewhere" }],
      tags: [{ name: "control", description: "The control plane" }],
      security: [{}, { bearer: [] }],
    },
  );

const digests = new Map<boolean, string>();

/** SHA-256 of both OpenAPI documents. A constant of each revision, but too dear to work out before somebody asks, or twice. */
function contractDigest(envelope: boolean): string {
  const known = digests.get(envelope);
  if (known !== undefined) return known;
  const documents = JSON.stringify([openapi({ envelope }), controlOpenapi()]);
  const digest = createHash("sha256").update(documents).digest("hex");
  digests.set(envelope, digest);
  return digest;
}
