import { expect } from "vitest";
import { type Double, wellKnown } from "../src/index.ts";
import { test } from "../src/vitest.ts";

test("a test that asks for a sandbox gets one with a client that works", async ({ sandbox }) => {
  await sandbox.client.tokens.create({ name: "ci" });
  sandbox.clock.advance({ days: 400 });
  expect(await sandbox.client.tokens.list().result()).toMatchObject({ status: 401 });
  await sandbox.expect({ match: { operation: "createToken", status: 201 } });
});

// Two of them: whichever comes second would find what the first left.
test.for(["one", "another"])(
  "of two tests each gets a sandbox of its own, and %s is alone",
  async (_, { sandbox, double }) => {
    const { items } = await sandbox.client.tokens.list();
    expect(items.map(({ name }) => name)).toEqual(["sandbox"]);
    await sandbox.client.tokens.create({ name: "left behind" });
    const { grants, tokens } = await double.snapshot();
    expect(new Set([...grants, ...tokens].map(({ business_id }) => business_id))).toEqual(
      new Set([wellKnown.businessId, sandbox.businessId]),
    );
    const businesses = double.journal.entries().map(({ business_id }) => business_id);
    // The other test may have asked the double itself, too.
    expect(new Set([wellKnown.businessId, ...businesses])).toEqual(new Set([wellKnown.businessId, sandbox.businessId]));
  },
);

let first: Double;
test.beforeAll(({ double }) => {
  first = double;
});

test("all tests of a worker have the same double", async ({ double }) => {
  expect(double).toBe(first);
  expect((await double.client().tokens.list()).items).toMatchObject([{ name: "well-known" }]);
});
