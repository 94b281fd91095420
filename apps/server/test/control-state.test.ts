import type { State } from "@dayzero-tokens/contract/control";
import fc from "fast-check";
import { expect, test } from "vitest";
import { type Double, startDouble } from "../src/index.ts";
import { bodyOf, type Credentials, callsOf, controlOf, wellKnownCaller } from "./calls.ts";

const noon = "2026-03-01T12:00:00Z";

async function putState({ url }: Double, state: unknown) {
  const response = await fetch(`${url}/_double/state`, {
    method: "PUT",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(state),
  });
  return { status: response.status, body: await response.json() };
}

test("the state of a fresh double is the well-known user, business and token, its secret as a digest", async () => {
  await using double = await startDouble();

  const state = bodyOf(await controlOf(double).getState(), 200);

  expect(state).toEqual({
    version: 1,
    users: [{ id: "01941f29-7c00-7000-8000-000000000001", email: "dev@example.com" }],
    grants: [
      {
        user_id: "01941f29-7c00-7000-8000-000000000001",
        business_id: wellKnownCaller.businessId,
        permissions: ["read", "write"],
      },
    ],
    tokens: [
      {
        id: "01941f29-7c00-7000-8000-000000000003",
        jti: "01941f29-7c00-7000-8000-000000000004",
        user_id: "01941f29-7c00-7000-8000-000000000001",
        business_id: wellKnownCaller.businessId,
        name: "well-known",
        description: "Here at every start, so that there is something to call with",
        prefix: "dz_eyJ...",
        digest: expect.stringMatching(/^[\w-]{43}$/),
        created_at: "2025-01-01T00:00:00Z",
        expires_at: null,
        last_used_at: null,
        revocation: null,
      },
    ],
    clock: { mode: "real" },
    business_clocks: {},
    faults: [],
  });
  expect(await double.snapshot()).toEqual(state);
});

/** Something that happens to a double. */
const happening = fc.oneof(
  fc.record({
    act: fc.constant("sandbox" as const),
    state: fc.constantFrom("active", "expired", "expiring", "revoked", "at_limit"),
  }),
  fc.record({
    act: fc.constantFrom("create", "list", "revoke"),
    who: fc.nat(5),
    name: fc.string({ unit: "binary", minLength: 1, maxLength: 20 }),
  }),
  fc.record({
    act: fc.constantFrom("advance", "own clock", "run"),
    who: fc.nat(5),
    days: fc.integer({ min: -400, max: 400 }),
  }),
  fc.record({
    act: fc.constant("fault" as const),
    who: fc.nat(5),
    skip: fc.nat(2),
    times: fc.integer({ min: 1, max: 3 }),
  }),
);
type Happening = typeof happening extends fc.Arbitrary<infer T> ? T : never;

/** Lets it all happen; answers with everybody who could ask something afterwards. */
async function live(double: Double, history: readonly Happening[]): Promise<Credentials[]> {
  const callers: Credentials[] = [wellKnownCaller];
  for (const each of history) {
    const who = "who" in each ? callers[each.who % callers.length] : undefined;
    const { businessId } = who ?? wellKnownCaller;
    switch (each.act) {
      case "sandbox": {
        const sandbox = await double.sandbox({ tokens: [each.state as "active"] });
        callers.push(sandbox, ...sandbox.tokens.map(({ token }) => ({ token, businessId: sandbox.businessId })));
        break;
      }
      case "create":
        if (who && "name" in each) {
          const { status, body } = await callsOf(double, who).create({ name: each.name, description: each.name });
          if (status === 201) callers.push({ token: (body as { token: string }).token, businessId });
        }
        break;
      case "list":
        if (who) await callsOf(double, who).list();
        break;
      case "revoke": {
        const { tokens } = await double.snapshot();
        const target = tokens.filter(({ business_id }) => business_id === businessId).at(-1);
        if (who && target && "name" in each) await callsOf(double, who).revoke(target.id, { reason: each.name });
        break;
      }
      case "advance":
        if ("days" in each) double.clock.freeze(new Date(Date.parse(noon) + each.days * 86_400_000));
        break;
      case "own clock":
        if ("days" in each) double.world.clock.own(businessId).freeze(Date.parse(noon) + each.days * 86_400_000);
        break;
      case "run":
        break;
      case "fault":
        if ("skip" in each) {
          const { skip, times } = each;
          double.faults.add({
            match: { business_id: businessId, operation: "revokeToken" },
            effect: { status: 500 },
            skip,
            times,
          });
        }
    }
  }
  return callers;
}

/** What everybody is answered. Looking changes when tokens were used, so it is done in the same order everywhere. */
async function answersOf(double: Double, callers: readonly Credentials[]) {
  const answers = [];
  for (const caller of callers) {
    const { list, revoke } = callsOf(double, caller);
    for (const answer of [
      await list("?include_revoked=true&include_total_count=true&limit=5"),
      await revoke("none"),
      await list("?sort_by=name"),
    ]) {
      answers.push([answer.status, answer.body]);
    }
  }
  return answers;
}

test("a snapshot of any history, restored into another double, is the same snapshot, and answers the same", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(happening, { maxLength: 25 }), async (history) => {
      await using original = await startDouble();
      await using other = await startDouble({ randomSeed: "another" });
      original.clock.freeze(noon);
      const callers = await live(original, history);
      await live(other, history.toReversed());
      const snapshot = bodyOf(await controlOf(original).getState(), 200);

      const answer = await controlOf(other).putState({ body: snapshot });

      expect(bodyOf(answer, 200)).toEqual({ tokens: snapshot.tokens.length });
      expect(await other.snapshot()).toEqual(snapshot);
      expect(await answersOf(other, callers)).toEqual(await answersOf(original, callers));
      expect(await other.snapshot()).toEqual(await original.snapshot());
    }),
    { numRuns: 25 },
  );
}, 60_000);

test("a double can start from a snapshot", async () => {
  await using original = await startDouble();
  const sandbox = await original.sandbox({ tokens: ["revoked"] });
  const state = await original.snapshot();

  await using next = await startDouble({ state });

  expect(await next.snapshot()).toEqual(state);
  expect(await callsOf(next, sandbox).listed("?include_revoked=true")).toHaveLength(2);
});

test("a snapshot holds no secret", async () => {
  await using double = await startDouble();
  const sandbox = await double.sandbox({ tokens: ["active"] });
  const text = JSON.stringify(await double.snapshot());
  for (const secret of [sandbox.token, String(sandbox.tokens[0]?.token), wellKnownCaller.token]) {
    expect(text).not.toContain(secret.slice(10));
  }
});

const damaged: [string, (state: State) => unknown, string][] = [
  ["of another version", (state) => ({ ...state, version: 2 }), "version: Invalid input: expected 1"],
  ["without a version", ({ version, ...state }) => state, "version: Invalid input: expected 1"],
  ["with an unknown name", (state) => ({ ...state, token: [] }), 'unknown name "token"; did you mean "tokens"?'],
  [
    "with an unknown name in a token",
    (state) => ({ ...state, tokens: state.tokens.slice(0, 1).map((token) => ({ ...token, digets: "" })) }),
    'tokens.0: unknown name "digets"; did you mean "digest"?',
  ],
  [
    "with a moment that is none",
    (state) => ({ ...state, tokens: state.tokens.slice(0, 1).map((token) => ({ ...token, created_at: "yesterday" })) }),
    "tokens.0.created_at: Invalid ISO datetime",
  ],
  [
    "with a clock that no clock can show",
    (state) => ({ ...state, business_clocks: { a: { mode: "frozen", at: "1900-01-01T00:00:00Z" } } }),
    "A clock goes from 1970-01-01 to 9998-12-31",
  ],
  ["that is no state at all", () => [1], "Invalid input: expected object, received array"],
];

test.each(damaged)("a state %s is refused with the place, and nothing is lost", async (_, damage, detail) => {
  await using double = await startDouble();
  double.clock.freeze(noon);
  const sandbox = await double.sandbox({ tokens: ["active"] });
  sandbox.faults.add({ match: { operation: "createToken" }, effect: { status: 500 } });
  const before = await double.snapshot();

  expect(await putState(double, damage(before))).toEqual({ status: 422, body: { detail } });

  expect(await double.snapshot()).toEqual(before);
  expect(await callsOf(double, sandbox).list()).toMatchObject({ status: 200 });
});

test("a state of many thousand tokens is taken", async () => {
  await using double = await startDouble();
  const state = await double.snapshot();
  const [token] = state.tokens;
  if (token === undefined) return expect.fail("there is no token to copy");
  const copies = Array.from({ length: 5000 }, (_, n) => ({
    ...token,
    id: `id-${n}`,
    jti: `jti-${n}`,
    digest: `digest-${n}`,
  }));

  const large = { ...state, tokens: [...state.tokens, ...copies] };
  expect(JSON.stringify(large).length).toBeGreaterThan(1024 * 1024);

  expect(await putState(double, large)).toEqual({ status: 200, body: { tokens: 5001 } });
  expect(await callsOf(double, wellKnownCaller).list("?include_total_count=true")).toMatchObject({
    body: { total: 5001 },
  });
});
