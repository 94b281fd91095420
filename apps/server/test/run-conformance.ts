import { createApp } from "../src/app.ts";
import type { Case } from "../src/conformance/case.ts";
import { cases } from "../src/conformance/cases/index.ts";
import { fetchCarrier } from "../src/conformance/fetch-carrier.ts";
import { runSuite, type SuiteReport } from "../src/conformance/run-suite.ts";
import { wellKnown } from "../src/index.ts";
import { mintToken } from "../src/tokens/mint-token.ts";
import { messageClassesOf } from "../src/transport/express-messages.ts";
import { createLocalFetch } from "../src/transport/local-fetch.ts";
import { createWorld } from "../src/world/world.ts";
import { type Mutant, mutated } from "./mutants/mutant.ts";

/** The well-known account of every double. */
export const account = { token: wellKnown.secret, businessId: wellKnown.businessId };

/** Waits for nothing. */
export const noWait = { timeout: 5000, sleep: async () => {} };

/** Cases that `fetch` cannot put: it joins repeated headers. */
export const beyondFetch = (each: Case) => each.rule === "header.first-counts";

/**
 * Puts a mutant to the cases of the read and write tiers, and to those of the full tier that are about its rule, unless
 * told which; and tells what is left on it.
 */
export async function runOnMutant(
  { world: parts, around, rule }: Omit<Mutant, "name">,
  chosen: readonly Case[] = cases.filter((each) => each.tier !== "full" || each.rule === rule),
) {
  const world = await createWorld(parts?.());
  // An account on which there is an order to be wrong, and something to be hidden.
  const owner = { userId: wellKnown.user.id, businessId: wellKnown.businessId };
  const planted = [null, { at: 1000, by: "a@example.com", reason: null }].map((revocation, at) => {
    const wanted = { ...owner, name: `planted ${at}`, createdAt: at * 1000, expiresAt: null, revocation };
    return mintToken(world, wanted).token;
  });
  for (const token of planted) await world.tokens.add(token, 0, 0);
  const known = new Set([wellKnown.token.id, ...planted.map(({ id }) => id)]);
  const app = createApp(world);
  const front = { app, classes: messageClassesOf(app), connections: { add() {} } };
  const local = createLocalFetch(front, world.stopping);
  const carrier = fetchCarrier(around === undefined ? local : mutated(local, around));
  const report: SuiteReport = await runSuite(
    { url: "http://127.0.0.1", ...account, carrier },
    {
      cases: chosen.filter((each) => !beyondFetch(each)),
      strict: true,
      signal: new AbortController().signal,
      manners: noWait,
    },
  );
  const ofAccount = await world.tokens.all(wellKnown.businessId);
  const alive = ofAccount.filter(({ id, revocation }) => revocation === null && !known.has(id));
  return {
    ...report,
    failing: failingRules(report),
    alive: alive.map(({ id }) => id),
    sandboxes: world.sandboxes.size,
  };
}

/** The rules of the cases that failed. */
export const failingRules = ({ results }: SuiteReport) =>
  new Set(results.filter(({ outcome }) => outcome.kind === "failed").map(({ case: { rule } }) => rule));

/** The cases that did not pass, and why. */
export const notPassed = ({ results }: SuiteReport) =>
  results
    .filter(({ outcome }) => outcome.kind !== "passed")
    .map(({ case: { name }, outcome }) => [name, outcome.kind === "failed" ? outcome.mismatches : outcome]);
