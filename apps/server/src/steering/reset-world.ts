import type { ResetReport, ResetRequest } from "@dayzero-tokens/contract/control";
import { originOf, settle } from "../world/population.ts";
import type { World } from "../world/world.ts";

/**
 * Back to the seed, or to nothing. A business that was made since the start goes back to what it was made as. Exchanges
 * see the world before or after, never a mix.
 */
export const resetWorld = (
  world: World,
  { to = "seed", business_id, keep = [] }: ResetRequest = {},
): Promise<ResetReport> =>
  world.gate.exclusively(async () => {
    const { tokens, directory, faults, journal, clock, sandboxes, rateWindows, seed } = world;
    rateWindows.clear(
      business_id === undefined ? undefined : (await tokens.all(business_id)).map(({ digest }) => digest),
    );
    const removed = {
      tokens: await tokens.clear(business_id),
      businesses: business_id === undefined ? directory.clear() : Number(directory.removeBusiness(business_id)),
      faults: keep.includes("faults") ? 0 : faults.clear(business_id),
      journal: keep.includes("journal") ? 0 : journal.clear(business_id),
    };
    if (!keep.includes("clock")) {
      if (business_id === undefined) clock.resetAll();
      else clock.reset(business_id);
    }
    if (to === "seed") {
      const sandbox = business_id === undefined ? undefined : sandboxes.get(business_id);
      await settle(world, business_id === undefined ? seed : (sandbox ?? originOf(seed, business_id)));
    }
    if (business_id === undefined) sandboxes.clear();
    return removed;
  });

/** Forgets the business as if it had never been: state, faults, clock and journal. */
export async function forgetBusiness(world: World, businessId: string): Promise<void> {
  await resetWorld(world, { to: "empty", business_id: businessId });
  world.sandboxes.delete(businessId);
}
