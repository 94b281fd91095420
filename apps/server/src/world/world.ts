import type { Seed } from "@dayzero-tokens/contract/control";
import { Gate } from "../state/memory/barrier.ts";
import { Directory } from "../state/memory/directory.ts";
import { Faults } from "../state/memory/faults.ts";
import { Journal, type JournalLimits } from "../state/memory/journal.ts";
import { MemoryTokenStore } from "../state/memory/memory-token-store.ts";
import { RateWindows } from "../state/memory/rate-windows.ts";
import type { HmacKey } from "../tokens/hmac.ts";
import { createSigningKey } from "../tokens/secret.ts";
import type { TokenStore } from "../tokens/token-store.ts";
import { Outbox } from "../transport/batch-writes.ts";
import { Noticed } from "./alarms.ts";
import { Changes } from "./change-signal.ts";
import { Clocks, stopwatch } from "./clock.ts";
import { createIds, type IdSource } from "./ids.ts";
import { joinOrigins, type Origin, settle } from "./population.ts";
import { createRandom, type Random } from "./random.ts";
import { wellKnownOrigin } from "./well-known.ts";

/** Everything that a running double remembers, and everything that it decides with. */
export interface World {
  readonly tokens: TokenStore;
  readonly directory: Directory;
  readonly clock: Clocks;
  readonly faults: Faults;
  readonly journal: Journal;
  readonly rateWindows: RateWindows;
  readonly ids: IdSource;
  readonly random: Random;
  readonly signingKey: HmacKey;
  readonly limits: Limits;
  /** Keeps resets and exchanges apart. */
  readonly gate: Gate;
  /** What a reset to the seed goes back to: for all, and for each business that was made since. */
  readonly seed: Origin;
  readonly sandboxes: Map<string, Origin>;
  readonly noticed: Noticed;
  readonly changes: Changes;
  readonly outbox: Outbox;
  /** Whether successes come in an envelope, where no sandbox says otherwise. */
  readonly envelope: boolean;
  /** Whether replies carry `x-dayzero-double`. */
  readonly marksReplies: boolean;
  /** What ids and chance were drawn from; undefined: the system's randomness. */
  readonly randomSeed: string | undefined;
  /** Real milliseconds since the world was made. */
  readonly uptime: () => number;
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
export interface WorldParts extends Partial<Omit<World, "limits" | "noticed" | "seed">> {
  readonly limits?: Partial<Limits>;
  /** Users, businesses and tokens beside the well-known ones. */
  readonly seedDocument?: Seed;
  readonly journalLimits?: Partial<JournalLimits>;
  /** Told what the double notices: that somebody may be using a real credential. */
  readonly warn?: (message: string) => void;
}

/** A world with its seed in it: the well-known user, business and token, and what the seed document adds. */
export async function createWorld(options: WorldParts = {}): Promise<World> {
  const { limits, seedDocument, journalLimits, warn = () => {}, randomSeed, ...parts } = options;
  const sources = { clock: new Clocks(), ids: createIds(randomSeed), signingKey: createSigningKey() };
  const directory = new Directory();
  const world: World = {
    ...sources,
    tokens: new MemoryTokenStore(),
    directory,
    journal: new Journal({ entries: 1000, bytes: 32 * 1024 * 1024, ...journalLimits }, (id) =>
      directory.hasBusiness(id),
    ),
    rateWindows: new RateWindows(),
    faults: new Faults(createRandom(randomSeed)),
    random: createRandom(randomSeed),
    limits: { maxActiveTokens: 10, ratePerSecond: undefined, ...limits },
    gate: new Gate(),
    changes: new Changes(),
    outbox: new Outbox(),
    seed: await seedOf({ ...sources, ...parts }, seedDocument),
    sandboxes: new Map(),
    noticed: new Noticed(warn),
    envelope: false,
    marksReplies: true,
    randomSeed,
    uptime: stopwatch(),
    stopping: new AbortController().signal,
    report: () => {},
    ...parts,
  };
  await settle(world, world.seed);
  return world;
}

/** A seed's schema is loaded only where there is a seed: most doubles start without. */
async function seedOf(sources: Pick<World, "clock" | "ids" | "signingKey">, document: Seed | undefined) {
  if (document === undefined) return wellKnownOrigin;
  const { resolveSeed } = await import("../steering/plant-seed.ts");
  return joinOrigins(wellKnownOrigin, resolveSeed(sources, document, wellKnownOrigin).origin);
}
