import { lastMoment, Seed, type Seeded } from "@dayzero-tokens/contract/control";
import type { User } from "../state/memory/directory.ts";
import { day, type Instant, parseInstant } from "../tokens/instant.ts";
import { mintToken } from "../tokens/mint-token.ts";
import { maskText } from "../world/mask.ts";
import { type Origin, originOf, settle } from "../world/population.ts";
import type { World } from "../world/world.ts";
import { readAs } from "./explain-issues.ts";
import { Conflict, NotPossible } from "./not-possible.ts";

/** Adds what the seed asks for to a running world, all of it or nothing. Nobody adds the same beside it. */
export const plantSeed = (world: World, seed: Seed): Promise<Seeded> =>
  world.gate.exclusively(async () => {
    const { directory, tokens, sandboxes } = world;
    const known = { users: directory.users(), businesses: [], grants: [], tokens: await tokens.all() };
    const { origin, seeded } = resolveSeed(world, seed, known);
    for (const id of origin.businesses) if (!directory.hasBusiness(id)) sandboxes.set(id, originOf(origin, id));
    await settle(world, origin);
    return seeded;
  });

/** What a seed comes to beside what is there already. Throws {@link NotPossible} where the two don't go together. */
export function resolveSeed(
  world: Pick<World, "ids" | "clock" | "signingKey">,
  seed: Seed,
  known: Origin,
): { origin: Origin; seeded: Seeded } {
  const { users, businesses, tokens } = readAs(Seed, seed);
  const now = world.clock.now();
  const newUsers = users.map(({ id, email }) => ({ id: id ?? world.ids.next(now), email }));
  refuseDuplicates(
    "users",
    [...known.users, ...newUsers].map(({ email }) => email),
  );
  refuseDuplicates(
    "users",
    [...known.users, ...newUsers].map(({ id }) => id),
  );
  const byEmail = new Map([...known.users, ...newUsers].map((user) => [user.email, user]));

  const grants = businesses.flatMap(({ id, members }, at) =>
    members.map(({ user, permissions }, member) => {
      const { id: userId } = userOf(byEmail, user, `businesses.${at}.members.${member}.user`);
      return { userId, businessId: id, permissions };
    }),
  );
  const minted = tokens.map((wanted, at) => {
    const { id: userId, email } = userOf(byEmail, wanted.user, `tokens.${at}.user`);
    const { id, jti, name, description, secret, business, revoked } = wanted;
    const createdAt = wanted.created_at === undefined ? now : parseInstant(wanted.created_at);
    const expiresAt = wanted.expires_at === undefined ? aYearAfter(createdAt, at) : optionalInstant(wanted.expires_at);
    const revocation = revoked && {
      at: revoked.at === undefined ? now : parseInstant(revoked.at),
      by: revoked.by ?? email,
      reason: revoked.reason,
    };
    const lastUsedAt = optionalInstant(wanted.last_used_at);
    const owner = { userId, businessId: business };
    const pinned = { id, jti, secret };
    return mintToken(world, {
      ...owner,
      ...pinned,
      name,
      description,
      createdAt,
      expiresAt,
      lastUsedAt,
      revocation: revocation ?? null,
    });
  });
  const allTokens = [...known.tokens, ...minted.map(({ token }) => token)];
  refuseDuplicates(
    "tokens",
    allTokens.map(({ id }) => id),
  );
  refuseDuplicates(
    "tokens (jti)",
    allTokens.map(({ jti }) => jti),
  );
  refuseDuplicates(
    "tokens (secrets)",
    allTokens.map(({ digest }) => digest),
  );

  const businessIds = [...new Set([...businesses.map(({ id }) => id), ...tokens.map(({ business }) => business)])];
  return {
    origin: { users: newUsers, businesses: businessIds, grants, tokens: minted.map(({ token }) => token) },
    seeded: {
      users: newUsers.map(({ id, email }) => ({ id, email: maskText(email) })),
      businesses: businessIds,
      tokens: minted.map(({ token, secret }, at) => ({
        id: token.id,
        name: maskText(token.name),
        business_id: token.businessId,
        // Whoever pins one has it.
        token: tokens[at]?.secret === undefined ? secret : token.prefix,
      })),
    },
  };
}

function aYearAfter(createdAt: Instant, at: number): Instant {
  const expiresAt = createdAt + 365 * day;
  if (expiresAt <= lastMoment) return expiresAt;
  throw new NotPossible(`tokens.${at}.created_at: a year later is beyond the calendar; give expires_at`);
}

const optionalInstant = (text: string | null) => (text === null ? null : parseInstant(text));

function userOf(users: ReadonlyMap<string, User>, email: string, path: string): User {
  const user = users.get(email);
  if (user === undefined) throw new NotPossible(`${path}: there is no user ${email}; add it under users`);
  return user;
}

function refuseDuplicates(what: string, keys: readonly string[]): void {
  const seen = new Set<string>();
  const twice = keys.find((key) => seen.has(key) || !seen.add(key));
  if (twice !== undefined) throw new Conflict(`${what}: ${twice} is there already; each may be there once`);
}
