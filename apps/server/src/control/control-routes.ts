import { controlContract } from "@dayzero-tokens/contract/control";
import { initServer } from "@ts-rest/express";
import { addFault } from "../steering/add-fault.ts";
import { advanceClock, readClock, setClock } from "../steering/clock-wire.ts";
import { infoOf } from "../steering/info.ts";
import { journalEntry } from "../steering/journal-wire.ts";
import { makeSandbox } from "../steering/make-sandbox.ts";
import { meetExpectation } from "../steering/meet-expectation.ts";
import { plantSeed } from "../steering/plant-seed.ts";
import { forgetBusiness, resetWorld } from "../steering/reset-world.ts";
import { restoreState, snapshotOf } from "../steering/state-document.ts";
import { masked } from "../world/mask.ts";
import type { World } from "../world/world.ts";

const noSuchBusiness = { status: 404, body: { detail: "There is no such business" } } as const;

/** The control plane's operations, each a call of what does the work. */
export const controlRoutes = (world: World) => {
  const { clock, directory, faults, journal } = world;
  return initServer().router(controlContract, {
    health: async () => ({ status: 200, body: { status: "ok" } }),
    ready: async () =>
      world.stopping.aborted ? { status: 503, body: { status: "stopping" } } : { status: 200, body: { status: "ok" } },
    info: async () => ({ status: 200, body: infoOf(world) }),

    createSandbox: async ({ body }) => ({ status: 201, body: await makeSandbox(world, body ?? {}) }),
    deleteSandbox: async ({ params: { business_id } }) => {
      if (!directory.hasBusiness(business_id)) return noSuchBusiness;
      await forgetBusiness(world, business_id);
      return { status: 204, body: undefined };
    },
    reset: async ({ body }) => {
      const id = body?.business_id;
      if (
        id !== undefined &&
        !directory.hasBusiness(id) &&
        !world.sandboxes.has(id) &&
        !world.seed.businesses.includes(id)
      ) {
        return noSuchBusiness;
      }
      return { status: 200, body: await resetWorld(world, body ?? {}) };
    },
    getState: async () => ({ status: 200, body: await snapshotOf(world) }),
    putState: async ({ body }) => {
      await restoreState(world, body);
      return { status: 200, body: { tokens: body.tokens.length } };
    },
    seed: async ({ body }) => ({ status: 201, body: await plantSeed(world, body) }),

    getClock: async ({ query: { business_id } }) => ({ status: 200, body: readClock(world, business_id) }),
    setClock: async ({ body, query: { business_id } }) => {
      setClock(world, body, business_id);
      return { status: 200, body: readClock(world, business_id) };
    },
    resetClock: async ({ query: { business_id } }) => {
      clock.reset(business_id);
      return { status: 200, body: readClock(world, business_id) };
    },
    advanceClock: async ({ body, query: { business_id } }) => {
      advanceClock(world, body, business_id);
      return { status: 200, body: readClock(world, business_id) };
    },

    listFaults: async ({ query: { business_id } }) => ({
      status: 200,
      body: { faults: masked([...faults.list(business_id)]) },
    }),
    addFault: async ({ body }) => ({ status: 201, body: masked(addFault(world, body)) }),
    clearFaults: async ({ query: { business_id } }) => ({ status: 200, body: { faults: faults.clear(business_id) } }),
    removeFault: async ({ params: { id } }) =>
      faults.remove(id)
        ? { status: 204, body: undefined }
        : { status: 404, body: { detail: "There is no such fault; it may be used up" } },

    readJournal: async ({ query: { limit = 1000, since = 0, ...match } }) => {
      const entries = journal.read({ ...match, since }).slice(0, limit);
      const next = entries.at(-1)?.id ?? Math.max(since, journal.lastId);
      return {
        status: 200,
        body: { entries: entries.map(journalEntry), next, dropped: journal.dropped(match.business_id).count },
      };
    },
    clearJournal: async ({ query: { business_id } }) => ({
      status: 200,
      body: { journal: journal.clear(business_id) },
    }),
    expect: async ({ body }) => {
      const { met, answer } = await meetExpectation(journal, body, world.stopping);
      return met ? { status: 200, body: answer } : { status: 409, body: answer };
    },
  });
};
