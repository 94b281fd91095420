import type { KeyObject } from "node:crypto";
import { Directory, permissions } from "./access/directory.ts";
import { createSigningKey, digestOf, prefixOf } from "./access/secret.ts";
import { Clock } from "./clock.ts";
import { createIds, type IdSource } from "./ids.ts";
import { MemoryTokenStore } from "./tokens/memory-token-store.ts";
import type { TokenStore } from "./tokens/token-store.ts";
import { wellKnown } from "./well-known.ts";

/** Everything that a running double remembers, and everything that it decides with. */
export interface World {
  readonly tokens: TokenStore;
  readonly directory: Directory;
  readonly clock: Clock;
  readonly ids: IdSource;
  readonly signingKey: KeyObject;
  readonly limits: Limits;
  /** Whether replies carry `x-dayzero-double`. */
  readonly marksReplies: boolean;
  /** Told when the double itself is at fault. */
  readonly report: (what: string, error: unknown) => void;
}

export interface Limits {
  /** Active tokens a user; 0: no limit. */
  readonly maxActiveTokens: number;
}

/** A world with the well-known user, business and token in it. Parts that are given replace the usual ones. */
export async function createWorld(parts: Partial<World> = {}): Promise<World> {
  const world: World = {
    tokens: new MemoryTokenStore(),
    directory: new Directory(),
    clock: new Clock(),
    ids: createIds(),
    signingKey: createSigningKey(),
    limits: { maxActiveTokens: 10 },
    marksReplies: true,
    report: () => {},
    ...parts,
  };
  await settle(world);
  return world;
}

async function settle({ tokens, directory }: World): Promise<void> {
  const { user, businessId, secret, token } = wellKnown;
  directory.addUser(user);
  directory.grant(user.id, businessId, permissions);
  await tokens.add({ ...token, prefix: prefixOf(secret), digest: digestOf(secret) }, 0, token.createdAt);
}
