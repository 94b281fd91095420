import { DayZero, type DayZeroOptions } from "@dayzero-tokens/client";
import type {
  Info,
  ResetReport,
  ResetRequest,
  SandboxRequest,
  Seed,
  Seeded,
  State,
} from "@dayzero-tokens/contract/control";
import { infoOf } from "../steering/info.ts";
import { plantSeed } from "../steering/plant-seed.ts";
import { readState } from "../steering/read-state.ts";
import { resetWorld } from "../steering/reset-world.ts";
import { restoreState, snapshotOf } from "../steering/state-document.ts";
import { type Address, type DoubleOptions, listen } from "../transport/listen.ts";
import { createLocalFetch } from "../transport/local-fetch.ts";
import { wellKnown } from "../world/well-known.ts";
import type { World } from "../world/world.ts";
import { type Steering, steeringOf } from "./steering.ts";
import { type TestSandbox, testSandbox } from "./test-sandbox.ts";

export type { DoubleOptions } from "../transport/listen.ts";

/** A running double. `await using` closes it at the end of the scope. */
export interface Double extends Address, Steering, AsyncDisposable {
  /** @internal What it remembers, for tests of the double itself. */
  readonly world: World;
  /** The same double with no socket: give it to any client as its `fetch`. */
  readonly fetch: typeof fetch;
  /** A client of this double; with the well-known token and business, unless the options say otherwise. */
  client(options?: DayZeroOptions): DayZero;
  /** A fresh business, user and working token. Tests that each take one can share a double. */
  sandbox(request?: SandboxRequest): Promise<TestSandbox>;
  /** Back to the seed, or to nothing. */
  reset(request?: ResetRequest): Promise<ResetReport>;
  /** Adds users, businesses and tokens. Rejects, and adds nothing, where they don't go with what is there. */
  seed(seed: Seed): Promise<Seeded>;
  /** Everything that the double answers from, secrets as digests. */
  snapshot(): Promise<State>;
  /** Answers from a snapshot from here on, in the place of what is there. Rejects, and loses nothing, where it could not. */
  restore(state: State): Promise<void>;
  /** What it is, how it is set, and what it has noticed. */
  info(): Info;
  /**
   * Stops listening, and resolves when the requests under way are answered, those of its `fetch` among them, or the grace
   * time is over. A second call waits for the same.
   */
  close(): Promise<void>;
}

/** Starts a double; resolves when it accepts connections. Rejects when the port cannot be had. */
export async function startDouble(options: DoubleOptions = {}): Promise<Double> {
  const listening = await listen({ ...options, ...(options.state && { state: readState(options.state) }) });
  const { world, url, port, controlToken, close } = listening;
  return {
    url,
    port,
    controlToken,
    world,
    close,
    ...steeringOf(world),
    fetch: createLocalFetch(listening, world.stopping),
    client: (given) =>
      new DayZero({ apiToken: wellKnown.secret, businessId: wellKnown.businessId, baseUrl: url, ...given }),
    sandbox: (request) => testSandbox(listening, request),
    reset: (request) => resetWorld(world, request),
    seed: (seed) => plantSeed(world, seed),
    snapshot: () => snapshotOf(world),
    restore: async (state) => restoreState(world, readState(state)),
    info: () => infoOf(world),
    [Symbol.asyncDispose]: close,
  };
}
