import type { State } from "@dayzero-tokens/contract/control";
import fc from "fast-check";
import { expect, test } from "vitest";
import { type Double, startDouble } from "../src/index.ts";
import { formatInstant } from "../src/tokens/instant.ts";
import { digestOf } from "../src/tokens/secret.ts";
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

type Damage = [what: string, damage: (state: State) => unknown, detail: string];

/** Puts other values in the place of those of the first in a list. */
const changed = (list: "tokens" | "faults", values: object) => (state: State) => ({
  ...state,
  [list]: state[list].map((each, at) => (at === 0 ? { ...each, ...values } : each)),
});

const damaged: Damage[] = [
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
    "business_clocks.a: A clock goes from 1970-01-01 to 9998-12-31",
  ],
  [
    "with a moment whose year in UTC has five digits",
    changed("tokens", { created_at: "9999-12-31T23:59:59-23:59" }),
    "tokens.0.created_at: must lie in the years 1 to 9999, in UTC",
  ],
  [
    "with a moment before the calendar",
    changed("tokens", { last_used_at: "0000-12-31T00:00:00Z" }),
    "tokens.0.last_used_at: must lie in the years 1 to 9999, in UTC",
  ],
  [
    "with a clock that runs where none does",
    (state) => ({ ...state, clock: { mode: "offset", offset_ms: 3e14 } }),
    "clock: A clock goes from 1970-01-01 to 9998-12-31",
  ],
  [
    "with a part of a millisecond",
    (state) => ({ ...state, clock: { mode: "offset", offset_ms: 0.5 } }),
    "clock.offset_ms: Invalid input: expected int, received number",
  ],
  ...(["id", "jti", "digest"] as const).map(
    (name): Damage => [
      `with one ${name} twice`,
      (state) => ({ ...state, tokens: state.tokens.map((token) => ({ ...token, [name]: state.tokens[0]?.[name] })) }),
      `tokens.1.${name}: is that of tokens.0 too; each may be there once`,
    ],
  ),
  ...(["id", "email"] as const).map(
    (name): Damage => [
      `with one user's ${name} twice`,
      (state) => ({ ...state, users: state.users.map((user) => ({ ...user, [name]: state.users[0]?.[name] })) }),
      `users.1.${name}: is that of users.0 too; each may be there once`,
    ],
  ),
  [
    "that says twice what a user may do",
    (state) => ({ ...state, grants: [...state.grants, ...state.grants] }),
    "grants.2.user_id: is that of grants.0 too; each may be there once",
  ],
  [
    "with a business that nobody can name",
    changed("tokens", { business_id: wellKnownCaller.businessId.toUpperCase() }),
    "tokens.0.business_id: must be in lower case",
  ],
  ["with no id", changed("tokens", { id: "" }), "tokens.0.id: Too small: expected string to have >=1 characters"],
  [
    "with a name that is too long",
    changed("tokens", { name: "n".repeat(256) }),
    "tokens.0.name: String should have at most 255 characters",
  ],
  [
    "with a secret for a prefix",
    changed("tokens", { prefix: wellKnownCaller.token }),
    "tokens.0.prefix: must be the first characters of a secret, such as dz_abc...",
  ],
  [
    "with a secret for a digest",
    changed("tokens", { digest: wellKnownCaller.token }),
    "tokens.0.digest: must be a SHA-256 in base64url",
  ],
  [
    "with a fault that cannot be sent",
    changed("faults", { effect: { status: 99 } }),
    "faults.0.effect.status: Too small: expected number to be >=200",
  ],
  [
    "with a fault that the next ones cannot be numbered after",
    changed("faults", { id: "fault-1e308" }),
    "faults.0.id: must be an id such as fault-1",
  ],
  [
    "with one fault twice",
    (state) => ({ ...state, faults: [...state.faults, ...state.faults] }),
    "faults.1.id: is that of faults.0 too; each may be there once",
  ],
  [
    "with more faults than there may be",
    (state) => ({
      ...state,
      faults: Array.from({ length: 1001 }, (_, n) => ({ ...state.faults[0], id: `fault-${n}` })),
    }),
    "faults: Too big: expected array to have <=1000 items",
  ],
  [
    "that is wrong in many places",
    (state) => ({ ...state, users: Array.from({ length: 5000 }, () => ({})) }),
    `${[0, 1, 2, 3, 4]
      .flatMap((at) =>
        ["id", "email"].map((name) => `users.${at}.${name}: Invalid input: expected string, received undefined`),
      )
      .join("; ")}; and 9990 more`,
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

  await expect(double.restore(JSON.parse(JSON.stringify(damage(before))))).rejects.toThrow(detail);
  await expect(startDouble({ state: JSON.parse(JSON.stringify(damage(before))) })).rejects.toThrow(detail);

  expect(await double.snapshot()).toEqual(before);
  expect(await callsOf(double, sandbox).list()).toMatchObject({ status: 200 });
});

/** Any moment that is answered with a year of four digits. */
const moment = fc
  .integer({ min: Date.parse("0001-01-01T00:00:00Z"), max: Date.parse("9999-12-31T23:59:59.999Z") })
  .map(formatInstant);
const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary);
const someText = fc.string({ unit: "binary", maxLength: 20 });
const someId = fc.string({ minLength: 1, maxLength: 8 });

/** Any state, but for what must be there once: some of those are refused. */
const anyState = fc
  .record({
    users: fc.uniqueArray(fc.record({ id: someId, email: someId }), { maxLength: 3, selector: ({ id }) => id }),
    tokens: fc.array(
      fc.record({
        id: someId,
        jti: someId,
        name: fc.string({ unit: "binary", minLength: 1, maxLength: 20 }),
        description: maybe(someText),
        created_at: moment,
        expires_at: maybe(moment),
        last_used_at: maybe(moment),
        revocation: maybe(fc.record({ at: moment, by: someText, reason: maybe(someText) })),
      }),
      { maxLength: 8 },
    ),
    clock: fc.oneof(
      fc.record({ mode: fc.constant("real") }),
      fc.record({ mode: fc.constant("offset"), offset_ms: fc.maxSafeInteger() }),
      fc.record({ mode: fc.constant("frozen"), at: moment }),
    ),
    faults: fc.array(
      fc.record({ id: fc.constantFrom("fault-1", "fault-2", "fault-x"), effect: fc.constant({ status: 503 }) }),
      { maxLength: 2 },
    ),
  })
  .map(({ users, tokens, clock, faults }) => {
    const { businessId: business_id } = wellKnownCaller;
    const user_id = (at: number) => users[at % (users.length || 1)]?.id ?? "nobody";
    return {
      version: 1,
      users,
      grants: users.map(({ id }) => ({ user_id: id, business_id, permissions: ["read"] })),
      tokens: tokens.map((token, at) => ({
        ...token,
        ...{ user_id: user_id(at), business_id, prefix: "dz_abc...", digest: digestOf(`secret ${at}`) },
      })),
      clock,
      business_clocks: { [business_id]: { mode: "frozen", at: formatInstant(Date.parse(noon)) } },
      faults: faults.map((fault) => ({
        ...fault,
        ...{ match: { token_id: "nobody's" }, when: "before", times: null, skip: 0, probability: 1, seen: 0, hits: 0 },
      })),
    };
  });

test("whatever state is taken, its snapshot is the same, and each of its owners is answered every list", async () => {
  let taken = 0;
  await using double = await startDouble();
  await fc.assert(
    fc.asyncProperty(anyState, async (state) => {
      const before = await double.snapshot();
      const { status } = await putState(double, state);
      if (status !== 200) {
        expect({ status, state: await double.snapshot() }).toEqual({ status: 422, state: before });
        return;
      }
      taken += 1;
      expect(await double.snapshot()).toEqual(state);
      for (const [at, { user_id, business_id, expires_at, revocation }] of state.tokens.entries()) {
        const isKnown = state.users.some(({ id }) => id === user_id);
        const opens =
          isKnown && revocation === null && (expires_at === null || expires_at > formatInstant(Date.parse(noon)));
        for (const sort of ["created_at", "name", "expires_at", "last_used_at"]) {
          const query = `?include_revoked=true&include_total_count=true&limit=2&sort_by=${sort}`;
          const { status } = await callsOf(double, { token: `secret ${at}`, businessId: business_id }).list(query);
          expect(status).toBe(opens ? 200 : 401);
        }
      }
    }),
    { numRuns: 60 },
  );
  expect(taken).toBeGreaterThan(5);
  expect(double.info().contract_violations).toBe(0);
}, 60_000);

test("a clock that was moved by part of a millisecond can be kept", async () => {
  await using double = await startDouble();
  double.clock.advance({ milliseconds: 1500.4 });
  const state = await double.snapshot();
  expect(state.clock).toEqual({ mode: "offset", offset_ms: 1500 });
  expect(await putState(double, state)).toMatchObject({ status: 200 });
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
    digest: digestOf(`secret ${n}`),
  }));

  const large = { ...state, tokens: [...state.tokens, ...copies] };
  expect(JSON.stringify(large).length).toBeGreaterThan(1024 * 1024);

  expect(await putState(double, large)).toEqual({ status: 200, body: { tokens: 5001 } });
  expect(await callsOf(double, wellKnownCaller).list("?include_total_count=true")).toMatchObject({
    body: { total: 5001 },
  });
});
