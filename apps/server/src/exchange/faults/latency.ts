import { longestLatencyMs } from "@dayzero-tokens/contract";
import type { Latency } from "@dayzero-tokens/contract/control";
import type { Random } from "../../world/random.ts";

/** How long to hold an answer back, in milliseconds. The tail of a log-normal latency ends where the others do. */
export function drawLatency(latency: Latency, random: Random): number {
  if ("fixed_ms" in latency) return latency.fixed_ms;
  if ("min_ms" in latency) return latency.min_ms + (latency.max_ms - latency.min_ms) * random();
  return Math.min(latency.median_ms * Math.exp(latency.sigma * drawNormal(random)), longestLatencyMs);
}

/** A normally distributed number, by the method of Box and Muller. */
const drawNormal = (random: Random) => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
