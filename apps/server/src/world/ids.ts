import { createHash, randomBytes } from "node:crypto";
import type { Instant } from "../tokens/instant.ts";

/** Where a double's ids come from. */
export interface IdSource {
  /** A UUIDv7 of the given moment. Ids of one moment sort in the order in which they were asked for. */
  next(at: Instant): string;
}

/** Ids from the system's randomness or, with a seed, the same ids for the same seed. */
export function createIds(seed?: string): IdSource {
  const take = seed === undefined ? systemDigits() : seededDigits(seed);
  let counter = Number.parseInt(take(4), 16);
  return {
    next(at) {
      counter = (counter + 1) % 2 ** 26;
      const time = at.toString(16).padStart(12, "0");
      const high = (0x7000 | (counter >>> 14)).toString(16);
      const low = (0x8000 | (counter & 0x3fff)).toString(16);
      return `${time.slice(0, 8)}-${time.slice(8)}-${high}-${low}-${take(12)}`;
    },
  };
}

/** Takes the next random hexadecimal digits. */
type TakeDigits = (count: number) => string;

function systemDigits(): TakeDigits {
  return inBlocks(() => randomBytes(4096));
}

/** SHA-256 in counter mode: not secret, only repeatable. */
function seededDigits(seed: string): TakeDigits {
  let block = 0;
  return inBlocks(() => createHash("sha256").update(`${seed}\n${block++}`).digest());
}

function inBlocks(nextBlock: () => Buffer): TakeDigits {
  let block = nextBlock().toString("hex");
  let used = 0;
  return (count) => {
    if (used + count > block.length) {
      block = nextBlock().toString("hex");
      used = 0;
    }
    used += count;
    return block.slice(used - count, used);
  };
}
