import type { State, StoredToken } from "@dayzero-tokens/contract/control";
import { formatInstant, type Instant, parseInstant } from "../tokens/instant.ts";
import type { Token } from "../tokens/token.ts";
import { Clock } from "../world/clock.ts";
import type { World } from "../world/world.ts";
import { clockStateOf, storedClock } from "./clock-wire.ts";
import { NotPossible } from "./not-possible.ts";

/** Everything that the world answers from, secrets as digests. */
export async function snapshotOf({ directory, tokens, clock, faults }: World): Promise<State> {
  return {
    version: 1,
    users: directory.users().map(({ id, email }) => ({ id, email })),
    grants: directory.grants().map(({ userId, businessId, permissions }) => ({
      user_id: userId,
      business_id: businessId,
      permissions: [...permissions],
    })),
    tokens: (await tokens.all()).map(storedToken),
    clock: storedClock(clock.of().state),
    business_clocks: Object.fromEntries([...clock.owned()].map(([id, own]) => [id, storedClock(own.state)])),
    faults: [...faults.list()],
  };
}

/** Puts a snapshot in the place of what is there, in one step. */
export const restoreState = (world: World, state: State): Promise<void> =>
  world.gate.exclusively(async () => {
    const { directory, tokens, clock, faults, sandboxes } = world;
    // First what can be refused, so that nothing is lost then.
    refuseImpossibleClocks(state);
    const ownClocks = Object.entries(state.business_clocks).map(([id, own]) => [id, clockStateOf(own)] as const);
    clock.restore(clockStateOf(state.clock), Object.fromEntries(ownClocks));
    directory.clear();
    await tokens.clear();
    sandboxes.clear();
    for (const user of state.users) directory.addUser(user);
    for (const { user_id, business_id, permissions } of state.grants)
      directory.grant(user_id, business_id, permissions);
    for (const token of state.tokens) await tokens.add(tokenOf(token), 0, 0);
    faults.restore(state.faults);
  });

/** Throws where a clock would leave the part of the calendar that clocks go through. */
export function refuseImpossibleClocks({ clock, business_clocks }: State): void {
  const own = Object.entries(business_clocks).map(([id, stored]) => [`business_clocks.${id}`, stored] as const);
  for (const [place, stored] of [["clock", clock] as const, ...own]) {
    try {
      new Clock().become(clockStateOf(stored));
    } catch (cause) {
      throw cause instanceof RangeError ? new NotPossible(`${place}: ${cause.message}`, { cause }) : cause;
    }
  }
}

const storedToken = (token: Token): StoredToken => ({
  id: token.id,
  jti: token.jti,
  user_id: token.userId,
  business_id: token.businessId,
  name: token.name,
  description: token.description,
  prefix: token.prefix,
  digest: token.digest,
  created_at: formatInstant(token.createdAt),
  expires_at: format(token.expiresAt),
  last_used_at: format(token.lastUsedAt),
  revocation: token.revocation && { ...token.revocation, at: formatInstant(token.revocation.at) },
});

const tokenOf = (stored: StoredToken): Token => ({
  id: stored.id,
  jti: stored.jti,
  userId: stored.user_id,
  businessId: stored.business_id,
  name: stored.name,
  description: stored.description,
  prefix: stored.prefix,
  digest: stored.digest,
  createdAt: parseInstant(stored.created_at),
  expiresAt: parse(stored.expires_at),
  lastUsedAt: parse(stored.last_used_at),
  revocation: stored.revocation && { ...stored.revocation, at: parseInstant(stored.revocation.at) },
});

const format = (at: Instant | null) => (at === null ? null : formatInstant(at));
const parse = (text: string | null) => (text === null ? null : parseInstant(text));
