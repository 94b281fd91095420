import { createHash } from "node:crypto";
import { controlContract, type Info } from "@dayzero-tokens/contract/control";
import { openapi, openapiOf } from "@dayzero-tokens/contract/openapi";
import { version } from "../version.ts";
import type { World } from "../world.ts";
import { readClock } from "./clock-wire.ts";
import { masked } from "./mask.ts";

/** What a double is, how it is set, and what it has noticed. */
export const infoOf = (world: World): Info => ({
  name: "dayzero-double",
  version,
  contract_digest: contractDigest(),
  uptime_seconds: Math.round(world.uptime() / 100) / 10,
  seed: masked(world.randomSeed ?? null),
  limits: {
    max_active_tokens: world.limits.maxActiveTokens,
    rate_limit_per_second: world.limits.ratePerSecond ?? null,
    journal: world.journal.capacity,
  },
  clock: readClock(world),
  contract_violations: world.noticed.violations,
  foreign_tokens: world.noticed.foreignTokens,
  leaks: world.noticed.leaks,
});

/** The OpenAPI document of the control plane. */
export const controlOpenapi = () => openapiOf(controlContract, { title: "dayzero-double: control plane", version });

let digest: string | undefined;

/** SHA-256 of both OpenAPI documents. A constant, but too dear to work out before somebody asks, or twice. */
function contractDigest(): string {
  digest ??= createHash("sha256")
    .update(JSON.stringify([openapi(), controlOpenapi()]))
    .digest("hex");
  return digest;
}
