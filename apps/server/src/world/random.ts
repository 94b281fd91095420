import { createHash } from "node:crypto";

/** Numbers from 0 up to 1. */
export type Random = () => number;

/** Without a seed the system's; with one the same numbers for the same seed. */
export function createRandom(seed?: string): Random {
  if (seed === undefined) return Math.random;
  let draws = 0;
  return () => createHash("sha256").update(`random\n${seed}\n${draws++}`).digest().readUIntBE(0, 6) / 2 ** 48;
}
