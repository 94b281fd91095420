import type { HardState, MintedToken, Sandbox, SandboxRequest } from "@dayzero-tokens/contract/control";
import { permissions as allPermissions } from "../state/memory/directory.ts";
import { day, type Instant } from "../tokens/instant.ts";
import { mintToken, type Wanted } from "../tokens/mint-token.ts";
import type { Owner } from "../tokens/token.ts";
import { type Origin, settle } from "../world/population.ts";
import type { World } from "../world/world.ts";
import { setClock } from "./clock-wire.ts";
import { NotPossible } from "./not-possible.ts";

/** A business, a user and a working token that nobody else has, and tokens in the states that were asked for. */
export async function makeSandbox(world: World, request: SandboxRequest = {}): Promise<Sandbox> {
  const { permissions = allPermissions, tokens: states = [], clock, envelope } = request;
  const { maxActiveTokens } = world.limits;
  if (states.includes("at_limit") && maxActiveTokens === 0) {
    throw new NotPossible("tokens: at_limit needs a limit, and this double has none (--max-active-tokens 0)");
  }
  const start = world.clock.now();
  const businessId = world.ids.next(start);
  if (clock !== undefined) setClock(world, clock, businessId);
  const now = world.clock.now(businessId);
  const userId = world.ids.next(now);
  const user = { id: userId, email: `user-${userId.slice(-12)}@example.com` };
  const owner = { userId, businessId };

  const working = mintToken(world, { ...owner, name: "sandbox", createdAt: now, expiresAt: now + 365 * day });
  const active = 1 + states.filter((state) => state === "active" || state === "expiring").length;
  const wanted = states.flatMap((state, at) => {
    if (state !== "at_limit") return [state];
    // Once is enough: there is no room left after that.
    return at === states.indexOf("at_limit") ? fill("at_limit", maxActiveTokens - active) : [];
  });
  const minted = wanted.map((state) => ({ state, ...mintToken(world, inState(state, owner, now)) }));

  const origin: Origin = {
    users: [user],
    businesses: [businessId],
    grants: [{ userId, businessId, permissions }],
    tokens: [working.token, ...minted.map(({ token }) => token)],
    envelope,
  };
  // A reset takes the whole of it away, or nothing.
  await world.gate.beside(async () => {
    world.sandboxes.set(businessId, origin);
    await settle(world, origin);
  });
  return {
    business_id: businessId,
    user_id: userId,
    email: user.email,
    token: working.secret,
    token_id: working.token.id,
    tokens: minted.map(
      ({ state, token, secret }): MintedToken => ({ state, id: token.id, name: token.name, token: secret }),
    ),
  };
}

const fill = (state: HardState, count: number): HardState[] => Array(Math.max(count, 0)).fill(state);

function inState(state: HardState, owner: Owner, now: Instant): Wanted {
  const wanted = { ...owner, name: state, createdAt: now, expiresAt: now + 365 * day };
  switch (state) {
    case "active":
    case "at_limit":
      return wanted;
    case "expired":
      return { ...wanted, createdAt: now - day, expiresAt: now - 1000 };
    case "expiring":
      return { ...wanted, expiresAt: now + 1000 };
    case "revoked":
      return { ...wanted, createdAt: now - day, revocation: { at: now, by: "sandbox", reason: "made revoked" } };
  }
}
