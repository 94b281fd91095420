import { APITokenListResponse } from "@dayzero-tokens/contract";
import type { ResetRequest } from "@dayzero-tokens/contract/control";
import { expect, test } from "vitest";
import { type Double, startDouble, type TestSandbox } from "../src/index.ts";
import { bodyOf, type Credentials, callsOf, controlOf, type Target, wellKnownCaller } from "./calls.ts";

const unauthorized = { status: 401, body: { detail: "Not authenticated" } };
const noon = "2026-03-01T12:00:00Z";

/** A double with something in every corner: a sandbox, tokens, faults, clocks and a journal. */
async function busyDouble() {
  const double = await startDouble();
  double.clock.freeze(noon);
  const sandbox = await double.sandbox({ tokens: ["active", "revoked"] });
  for (const caller of [wellKnownCaller, sandbox]) {
    await callsOf(double, caller).create({ name: "made since" });
    await callsOf(double, caller).list();
  }
  double.faults.add({ match: { operation: "revokeToken" }, effect: { status: 500 } });
  sandbox.faults.add({ effect: { status: 501 } });
  sandbox.clock.advance({ days: 1 });
  return { double, sandbox };
}

test("a reset goes back to the seed, and answers with what it removed", async () => {
  const { double, sandbox } = await busyDouble();
  await using _ = double;

  const report = bodyOf(await controlOf(double).reset({ body: {} }), 200);

  expect(report).toEqual({ tokens: 6, businesses: 2, faults: 2, journal: 4 });
  await using fresh = await startDouble();
  expect(await double.snapshot()).toEqual(await fresh.snapshot());
  expect(double.journal.entries()).toEqual([]);
  expect(double.clock.now().getTime()).toBeGreaterThan(Date.parse(noon));
  expect(await callsOf(double, wellKnownCaller).listed()).toMatchObject([{ name: "well-known" }]);
  expect(await callsOf(double, sandbox).list()).toMatchObject(unauthorized);
});

test("a reset to empty leaves nobody, not even who is well known", async () => {
  const { double } = await busyDouble();
  await using _ = double;

  expect(await double.reset({ to: "empty" })).toEqual({ tokens: 6, businesses: 2, faults: 2, journal: 4 });

  expect(await double.snapshot()).toMatchObject({ users: [], grants: [], tokens: [], faults: [], business_clocks: {} });
  expect(await callsOf(double, wellKnownCaller).list()).toMatchObject(unauthorized);
  // Sandboxes need nobody.
  expect(await callsOf(double, await double.sandbox()).listed()).toHaveLength(1);
  await double.reset();
  expect(await callsOf(double, wellKnownCaller).listed()).toHaveLength(1);
});

test("a reset of one business takes it back to what it was made as, and leaves all others alone", async () => {
  const { double, sandbox } = await busyDouble();
  await using _ = double;
  const other = await double.sandbox();
  await callsOf(double, other).create();
  const others = [await callsOf(double, wellKnownCaller).listed(), await callsOf(double, other).listed()];

  const report = bodyOf(await controlOf(double).reset({ body: { business_id: sandbox.businessId } }), 200);

  expect(report).toEqual({ tokens: 4, businesses: 1, faults: 1, journal: 2 });
  expect((await callsOf(double, sandbox).listed("?include_revoked=true")).map(({ name }) => name).toSorted()).toEqual([
    "active",
    "revoked",
    "sandbox",
  ]);
  expect(sandbox.faults.list()).toEqual([]);
  expect(sandbox.clock.now()).toEqual(new Date(noon));
  expect([await callsOf(double, wellKnownCaller).listed(), await callsOf(double, other).listed()]).toMatchObject(
    others.map((tokens) => tokens.map(({ id }) => ({ id }))),
  );
  expect(double.faults.list()).toHaveLength(1);
});

test("a reset of the well-known business takes it back to the seed", async () => {
  const { double, sandbox } = await busyDouble();
  await using _ = double;
  const { businessId: business_id } = wellKnownCaller;
  expect(await double.reset({ business_id })).toEqual({ tokens: 2, businesses: 1, faults: 0, journal: 2 });
  expect(await callsOf(double, wellKnownCaller).listed()).toMatchObject([{ name: "well-known" }]);
  sandbox.faults.clear();
  expect(await callsOf(double, sandbox).listed()).toHaveLength(3);
});

test("a business that is reset to empty is gone, and can be reset to what it was made as", async () => {
  const { double, sandbox } = await busyDouble();
  await using _ = double;
  const { businessId: business_id } = sandbox;

  await double.reset({ business_id, to: "empty" });
  expect(await callsOf(double, sandbox).list()).toMatchObject(unauthorized);

  await double.reset({ business_id, to: "seed" });
  expect(await callsOf(double, sandbox).listed()).toHaveLength(2);
});

test("a reset of a business that there is none of is refused, and changes nothing", async () => {
  const { double } = await busyDouble();
  await using _ = double;
  const before = await double.snapshot();
  const answer = await controlOf(double).reset({ body: { business_id: "0197a5c2-6c1e-7d3a-9b1f-2f6d3c4b5a69" } });
  expect({ status: answer.status, body: answer.body }).toEqual({
    status: 404,
    body: { detail: "There is no such business" },
  });
  expect(await double.snapshot()).toEqual(before);
});

test.each(["journal", "clock", "faults"] as const)(
  "a reset that keeps the %s keeps it, and nothing else",
  async (kept) => {
    const { double } = await busyDouble();
    await using _ = double;
    const parts = async () => {
      const { clock, business_clocks, faults } = await double.snapshot();
      return { journal: double.journal.entries().length, clock: [clock, business_clocks], faults: faults.length };
    };
    const before = await parts();

    const report = await double.reset({ keep: [kept] });

    await using fresh = await startDouble();
    const { clock, business_clocks } = await fresh.snapshot();
    expect(await parts()).toEqual({ journal: 0, clock: [clock, business_clocks], faults: 0, [kept]: before[kept] });
    const removed = { tokens: 6, businesses: 2, faults: 2, journal: 4 };
    expect(report).toEqual({ ...removed, ...(kept !== "clock" && { [kept]: 0 }) });
  },
);

test.each([
  [{ to: "nothing" }, 'to: Invalid option: expected one of "seed"|"empty"'],
  [{ keep: ["tokens"] }, 'keep.0: Invalid option: expected one of "journal"|"clock"|"faults"'],
  [{ bussiness_id: "x" }, 'unknown name "bussiness_id"; did you mean "business_id"?'],
])("the reset %j is refused, and changes nothing: %s", async (body, detail) => {
  const { double } = await busyDouble();
  await using _ = double;
  const before = await double.snapshot();
  const response = await fetch(`${double.url}/_double/reset`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  expect({ status: response.status, body: await response.json() }).toEqual({ status: 422, body: { detail } });
  expect(await double.snapshot()).toEqual(before);
});

/** A token's life from the first call to the last. */
async function expectWholeLife(target: Target, caller: Credentials) {
  const { created, revoke, listed } = callsOf(target, caller);
  const { token, token_info } = await created({ name: "whole life", expires_in_days: 1 });
  const its = callsOf(target, { ...caller, token });
  expect((await its.listed()).map(({ id }) => id)).toContain(token_info.id);
  expect(await revoke(token_info.id, { reason: "done" })).toMatchObject({ status: 201, body: { id: token_info.id } });
  expect(await its.list()).toMatchObject(unauthorized);
  expect(await revoke(token_info.id)).toMatchObject({ status: 400, body: { detail: "Token is already revoked" } });
  expect((await listed()).map(({ id }) => id)).not.toContain(token_info.id);
  for (let n = (await listed()).length; n < 10; n += 1) await created();
  expect(await callsOf(target, caller).create()).toMatchObject({
    status: 400,
    body: { detail: "Maximum of 10 active tokens per user reached" },
  });
}

type Reset = (double: Double, sandbox: TestSandbox) => Promise<unknown>;

const resets: [string, Reset, boolean][] = [
  ["to the seed", (double) => double.reset(), false],
  ["to empty and to the seed", async (double) => [await double.reset({ to: "empty" }), await double.reset()], false],
  [
    "of each business",
    async (double, { businessId }) => {
      await double.reset({ business_id: businessId });
      await double.reset({ business_id: wellKnownCaller.businessId });
    },
    true,
  ],
  ["that keeps everything that it can", (double) => double.reset({ keep: ["clock", "faults", "journal"] }), false],
  ["by a snapshot from before", async () => {}, true],
];

test.each(resets)("after a reset %s a token lives its whole life again", async (_, reset, sandboxStays) => {
  await using double = await startDouble();
  const sandbox = await double.sandbox();
  const before = await double.snapshot();
  await expectWholeLife(double, wellKnownCaller);
  await expectWholeLife(double, sandbox);

  await reset(double, sandbox);
  if (reset === resets.at(-1)?.[1]) await double.restore(before);

  await expectWholeLife(double, wellKnownCaller);
  await expectWholeLife(double, sandboxStays ? sandbox : await double.sandbox());
});

test("while resets go on, every answer is of the world before or after, and never of a mix", async () => {
  await using double = await startDouble({ maxActiveTokens: 0 });
  const reports: unknown[] = [];
  let running = true;
  const resetting = (async () => {
    for (let n = 0; n < 40; n += 1) {
      const request: ResetRequest = n % 3 === 0 ? { business_id: wellKnownCaller.businessId } : {};
      reports.push(await double.reset(request));
      // Lets some requests in before the next.
      for (let m = 0; m < 5; m += 1) await callsOf(double, wellKnownCaller).list();
    }
    running = false;
  })();

  const worker = async () => {
    const { create, list } = callsOf(double, wellKnownCaller);
    while (running) {
      const created = await create();
      // The well-known token is there before and after.
      expect(created).toMatchObject({ status: 201 });
      const { token } = created.body as { token: string };
      const [own, listed] = await Promise.all([
        callsOf(double, { ...wellKnownCaller, token }).list(),
        list("?include_total_count=true&limit=100"),
      ]);
      expect([200, 401]).toContain(own.status);
      // Who is let in is on its own list.
      const { items: mine } = own.status === 200 ? APITokenListResponse.parse(own.body) : { items: undefined };
      if (mine !== undefined && mine.length < 50)
        expect(mine.map(({ token_prefix }) => token_prefix)).toContain("dz_eyJ...");
      expect(listed).toMatchObject({ status: 200 });
      const { items, total } = APITokenListResponse.parse(listed.body);
      // One list, one world: its count is that of its items, and the well-known token is among them.
      expect(items).toHaveLength(Math.min(Number(total), 100));
      if (Number(total) <= 100) expect(items.at(-1)?.name).toBe("well-known");
    }
  };
  await Promise.all([resetting, ...Array.from({ length: 20 }, worker)]);

  expect(reports).toHaveLength(40);
  expect(await callsOf(double, wellKnownCaller).list()).toMatchObject({ status: 200 });
}, 60_000);

test("sandboxes that are made while resets go on are whole, or gone", async () => {
  await using double = await startDouble();
  const made: Promise<TestSandbox>[] = [];
  for (let n = 0; n < 30; n += 1) {
    made.push(double.sandbox({ tokens: ["active", "revoked", "expired"] }));
    if (n % 4 === 0) made.push(double.reset().then(() => double.sandbox({ tokens: ["active", "revoked", "expired"] })));
  }

  const sandboxes = await Promise.all(made);

  const { users, grants, tokens } = await double.snapshot();
  for (const { businessId, userId } of sandboxes) {
    const parts = [
      users.filter(({ id }) => id === userId).length,
      grants.filter(({ business_id }) => business_id === businessId).length,
      tokens.filter(({ business_id }) => business_id === businessId).length,
    ];
    expect([
      [0, 0, 0],
      [1, 1, 4],
    ]).toContainEqual(parts);
  }
});

test("a request that waits before the operation does not keep a reset waiting, and then meets the new world", async () => {
  await using double = await startDouble();
  const sandbox = await double.sandbox();
  sandbox.faults.add({ effect: { latency: { fixed_ms: 1000 } }, times: 1 });
  const request = callsOf(double, sandbox).list();
  await expect.poll(() => sandbox.faults.list()).toEqual([]);

  await double.reset();

  expect(await request).toMatchObject(unauthorized);
});
