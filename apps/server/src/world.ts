import type { KeyObject } from "node:crypto";
import { Directory } from "./access/directory.ts";
import { createSigningKey } from "./access/secret.ts";
import { Clocks } from "./clock.ts";
import { Faults } from "./control/faults.ts";
import { Gate } from "./control/gate.ts";
import { Journal } from "./control/journal.ts";
import { Noticed } from "./control/noticed.ts";
import { type Origin, settle } from "./control/origin.ts";
import { createRandom, type Random } from "./control/random.ts";
import { createIds, type IdSource } from "./ids.ts";
import { MemoryTokenStore } from "./tokens/memory-token-store.ts";
import type { TokenStore } from "./tokens/token-store.ts";
import { wellKnownOrigin } from "./well-known.ts";

/** Everything that a running double remembers, and everything that it decides with. */
export interface World {
  readonly tokens: TokenStore;
  readonly directory: Directory;
  readonly clock: Clocks;
  readonly faults: Faults;
  readonly journal: Journal;
  readonly ids: IdSource;
  readonly random: Random;
  readonly signingKey: KeyObject;
  readonly limits: Limits;
  /** Keeps resets and exchanges apart. */
  readonly gate: Gate;
  /** What a reset to the seed goes back to: for all, and for each business that was made since. */
  readonly seed: Origin;
  readonly sandboxes: Map<string, Origin>;
  readonly noticed: Noticed;
  /** Whether replies carry `x-dayzero-double`. */
  readonly marksReplies: boolean;
  /** What ids and chance were drawn from; undefined: the system's randomness. */
  readonly randomSeed: string | undefined;
  /** Aborted when the double stops: whatever hangs lets go. */
  readonly stopping: AbortSignal;
  /** Told when the double itself is at fault. */
  readonly report: (what: string, error: unknown) => void;
}

export interface Limits {
  /** Active tokens a user; 0: no limit. */
  readonly maxActiveTokens: number;
  /** Requests a second and token; undefined: no limit. */
  readonly ratePerSecond: number | undefined;
}

/** What a world can be made with. */
export interface WorldParts extends Partial<Omit<World, "limits" | "noticed">> {
  readonly limits?: Partial<Limits>;
  /** Told what the double notices: that somebody may be using a real credential. */
  readonly warn?: (message: string) => void;
}

/** A world with its seed in it; the well-known user, business and token, if no other is given. */
export async function createWorld({ limits, warn = () => {}, ...parts }: WorldParts = {}): Promise<World> {
  const world: World = {
    tokens: new MemoryTokenStore(),
    directory: new Directory(),
    clock: new Clocks(),
    journal: new Journal(1000),
    ids: createIds(parts.randomSeed),
    random: createRandom(parts.randomSeed),
    faults: new Faults(createRandom(parts.randomSeed)),
    signingKey: createSigningKey(),
    limits: { maxActiveTokens: 10, ratePerSecond: undefined, ...limits },
    gate: new Gate(),
    seed: wellKnownOrigin,
    sandboxes: new Map(),
    noticed: new Noticed(warn),
    marksReplies: true,
    randomSeed: undefined,
    stopping: new AbortController().signal,
    report: () => {},
    ...parts,
  };
  await settle(world, world.seed);
  return world;
}
