import type { ClockReading } from "@dayzero-tokens/contract/control";
import fc from "fast-check";
import { expect, test } from "vitest";
import { type Double, type DoubleClock, startDouble } from "../src/index.ts";
import { bodyOf, type Control, callsOf, controlOf, wellKnownCaller } from "./calls.ts";

const noon = "2026-03-01T12:00:00Z";
const unauthorized = { status: 401, body: { detail: "Not authenticated" } };

/** A double whose clock is frozen at noon. */
async function doubleAtNoon(): Promise<Double> {
  const double = await startDouble();
  double.clock.freeze(noon);
  return double;
}

const reading = (changes: Partial<ClockReading> = {}) => ({
  mode: "frozen",
  now: noon,
  offset_seconds: 0,
  business_id: null,
  own: false,
  ...changes,
});

const readClock = async (control: Control, business_id?: string) =>
  bodyOf(await control.getClock({ query: { ...(business_id && { business_id }) } }), 200);

test("until somebody says otherwise the clock is real", async () => {
  await using double = await startDouble();
  const before = Date.now();

  const { now, ...rest } = await readClock(controlOf(double));

  expect(rest).toEqual({ mode: "real", offset_seconds: 0, business_id: null, own: false });
  expect(Date.parse(now)).toBeGreaterThanOrEqual(before);
  expect(Date.parse(now)).toBeLessThanOrEqual(Date.now());
});

test("a clock is frozen now, or at a moment, and stands still", async () => {
  await using double = await startDouble();
  const control = controlOf(double);

  const frozen = bodyOf(await control.setClock({ query: {}, body: { freeze: true } }), 200);
  expect(frozen).toEqual(reading({ now: frozen.now }));
  expect(await readClock(control)).toEqual(frozen);

  const later = bodyOf(await control.setClock({ query: {}, body: { freeze: "2026-03-01T13:00:00+01:00" } }), 200);
  expect(later).toEqual(reading());
  expect(await readClock(control)).toEqual(later);
});

test("a frozen clock that is set stays frozen, a running one goes on from there", async () => {
  await using double = await doubleAtNoon();
  const control = controlOf(double);

  const set = bodyOf(await control.setClock({ query: {}, body: { set: "2030-01-01T00:00:00Z" } }), 200);
  expect(set).toEqual(reading({ now: "2030-01-01T00:00:00Z" }));

  await control.resetClock({ query: {} });
  const running = bodyOf(await control.setClock({ query: {}, body: { set: "2030-01-01T00:00:00Z" } }), 200);
  expect(running).toMatchObject({ mode: "offset", now: expect.stringMatching(/^2030-01-01T00:0/) });
  expect(Date.parse(running.now) - Date.now()).toBeCloseTo(running.offset_seconds * 1000, -4);
});

test.each([
  { offset: 90, seconds: 90 },
  { offset: -0.25, seconds: -0.25 },
  { offset: "P1D", seconds: 86_400 },
  { offset: "-PT1H30M", seconds: -5400 },
  { offset: "P1W2DT3H4M5.678S", seconds: 788_645.678 },
])("a clock that is offset by $offset runs $seconds seconds apart from the machine's", async ({ offset, seconds }) => {
  await using double = await startDouble();
  const control = controlOf(double);

  const answer = bodyOf(await control.setClock({ query: {}, body: { offset } }), 200);

  expect(answer).toMatchObject({ mode: "offset", offset_seconds: seconds });
  expect(Math.abs(Date.parse(answer.now) - Date.now() - seconds * 1000)).toBeLessThan(60_000);
});

test.each([
  { advance: { seconds: 1.5 }, now: "2026-03-01T12:00:01.500000Z" },
  { advance: { seconds: -3600 }, now: "2026-03-01T11:00:00Z" },
  { advance: { duration: 60 }, now: "2026-03-01T12:01:00Z" },
  { advance: { duration: "P1D" }, now: "2026-03-02T12:00:00Z" },
  { advance: { duration: "P2W" }, now: "2026-03-15T12:00:00Z" },
  { advance: { duration: "PT36H" }, now: "2026-03-03T00:00:00Z" },
  { advance: { duration: "PT0.001S" }, now: "2026-03-01T12:00:00.001000Z" },
  { advance: { duration: "-P1DT1H1M1S" }, now: "2026-02-28T10:58:59Z" },
])("a clock at noon that is advanced by $advance says $now", async ({ advance, now }) => {
  await using double = await doubleAtNoon();
  expect(bodyOf(await controlOf(double).advanceClock({ query: {}, body: advance }), 200)).toEqual(reading({ now }));
});

test("back to real time means the machine's", async () => {
  await using double = await doubleAtNoon();
  const before = Date.now();

  const { now, ...rest } = bodyOf(await controlOf(double).resetClock({ query: {} }), 200);

  expect(rest).toEqual({ mode: "real", offset_seconds: 0, business_id: null, own: false });
  expect(Date.parse(now)).toBeGreaterThanOrEqual(before);
});

test("a business has a clock of its own from the first change on, and the global one again after a reset", async () => {
  await using double = await doubleAtNoon();
  const control = controlOf(double);
  const { businessId: business_id } = await double.sandbox();
  expect(await readClock(control, business_id)).toEqual(reading({ business_id }));

  const own = bodyOf(await control.advanceClock({ query: { business_id }, body: { duration: "P1D" } }), 200);
  expect(own).toEqual(reading({ now: "2026-03-02T12:00:00Z", business_id, own: true }));
  expect(await readClock(control)).toEqual(reading());

  await control.advanceClock({ query: {}, body: { duration: "P7D" } });
  expect(await readClock(control, business_id)).toEqual(own);

  const back = bodyOf(await control.resetClock({ query: { business_id } }), 200);
  expect(back).toEqual(reading({ now: "2026-03-08T12:00:00Z", business_id }));
});

test("in process the clock has the same words", async () => {
  await using double = await doubleAtNoon();
  const sandbox = await double.sandbox();
  const iso = (clock: DoubleClock) => clock.now().toISOString();

  sandbox.clock.advance({ days: 1, hours: 2, minutes: 3, seconds: 4, milliseconds: 5, duration: "P1D" });
  expect(iso(sandbox.clock)).toBe("2026-03-03T14:03:04.005Z");
  sandbox.clock.set(new Date("2031-01-01T00:00:00Z"));
  expect(iso(sandbox.clock)).toBe("2031-01-01T00:00:00.000Z");
  sandbox.clock.freeze("2032-01-01T00:00:00Z");
  expect(iso(sandbox.clock)).toBe("2032-01-01T00:00:00.000Z");
  expect(iso(double.clock)).toBe("2026-03-01T12:00:00.000Z");
  sandbox.clock.offset({ days: -1 });
  expect(sandbox.clock.now().getTime() + 86_400_000).toBeGreaterThan(Date.now() - 60_000);
  sandbox.clock.reset();
  expect(iso(sandbox.clock)).toBe("2026-03-01T12:00:00.000Z");
  expect(() => sandbox.clock.set("yesterday")).toThrow(
    new RangeError("yesterday is no moment such as 2026-01-31T12:00:00Z"),
  );
  expect(() => sandbox.clock.advance({ duration: "a day" })).toThrow(
    new RangeError("a day is no ISO 8601 duration such as P30D or PT1H30M"),
  );
  expect(iso(sandbox.clock)).toBe("2026-03-01T12:00:00.000Z");
});

test.each([
  ["PUT", "", {}, "give exactly one of freeze, set and offset"],
  ["PUT", "", { freeze: true, set: noon }, "give exactly one of freeze, set and offset"],
  ["PUT", "", { set: "tomorrow" }, "set: Invalid ISO datetime"],
  [
    "PUT",
    "",
    { offset: "1 day" },
    "offset: must be a number of seconds, or an ISO 8601 duration such as P30D or PT1H30M",
  ],
  ["PUT", "", { freez: true }, 'unknown name "freez"; did you mean "freeze"?'],
  ["POST", "/advance", {}, "give exactly one of seconds and duration"],
  [
    "POST",
    "/advance",
    { duration: "P1M" },
    "duration: must be a number of seconds, or an ISO 8601 duration such as P30D or PT1H30M",
  ],
  ["POST", "/advance", { day: 1 }, 'unknown name "day"; known are seconds, duration'],
  ["PUT", "?busines_id=x", { freeze: true }, 'unknown name "busines_id"; did you mean "business_id"?'],
])("%s /_double/clock%s %j is refused, and the clock stays", async (method, path, body, detail) => {
  await using double = await doubleAtNoon();
  const before = await double.snapshot();

  const response = await fetch(`${double.url}/_double/clock${path}`, {
    method,
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });

  expect({ status: response.status, body: await response.json() }).toEqual({ status: 422, body: { detail } });
  expect(await double.snapshot()).toEqual(before);
});

// What used to be: such a clock answered every request from then on with an error.
test("a clock that is sent beyond what a date can hold is refused, and goes on as it did", async () => {
  await using double = await doubleAtNoon();
  const control = controlOf(double);
  const { businessId: business_id } = await double.sandbox();
  const before = await double.snapshot();
  const refused = { status: 422, body: { detail: "A clock goes from 1970-01-01 to 9998-12-31" } };

  for (const query of [{}, { business_id }]) {
    expect(await control.advanceClock({ query, body: { seconds: 1e15 } })).toMatchObject(refused);
    expect(await control.setClock({ query, body: { set: "1969-12-31T23:59:59Z" } })).toMatchObject(refused);
    expect(await control.setClock({ query, body: { offset: -1e12 } })).toMatchObject(refused);
    expect(await control.setClock({ query, body: { freeze: "9999-01-01T00:00:00Z" } })).toMatchObject(refused);
  }

  expect(await double.snapshot()).toEqual(before);
  expect(await callsOf(double, wellKnownCaller).list()).toMatchObject({ status: 200 });
});

test("a token for one day works until the last millisecond of it, and is refused after P1D to the second", async () => {
  await using double = await doubleAtNoon();
  const control = controlOf(double);
  const sandbox = await double.sandbox();
  const { token, token_info } = await callsOf(double, sandbox).created({ name: "short", expires_in_days: 1 });
  const { list } = callsOf(double, { ...sandbox, token });

  await control.advanceClock({ query: {}, body: { duration: "PT23H59M59.999S" } });
  expect(await list()).toMatchObject({ status: 200 });

  await control.advanceClock({ query: {}, body: { seconds: 0.001 } });
  expect((await readClock(control)).now).toBe(token_info.expires_at);
  expect(await list()).toMatchObject(unauthorized);
  expect(double.journal.entries().at(-1)).toMatchObject({ rule: "credentials.expired", token_id: token_info.id });
});

test("backwards an expired token lives again, and a revoked one does not", async () => {
  await using double = await doubleAtNoon();
  const sandbox = await double.sandbox();
  const { created, revoke } = callsOf(double, sandbox);
  const [short, revoked] = [await created({ name: "short", expires_in_days: 1 }), await created()];
  double.clock.advance({ days: 1 });
  await revoke(revoked.token_info.id);
  const answers = async () => [
    (await callsOf(double, { ...sandbox, token: short.token }).list()).status,
    (await callsOf(double, { ...sandbox, token: revoked.token }).list()).status,
  ];
  expect(await answers()).toEqual([401, 401]);

  double.clock.advance({ milliseconds: -1 });
  expect(await answers()).toEqual([200, 401]);

  double.clock.advance({ days: -1 });
  expect(await answers()).toEqual([200, 401]);
});

test("every moment comes from the clock: creation, iat, exp, last use, revocation and the journal", async () => {
  await using double = await doubleAtNoon();
  const sandbox = await double.sandbox();
  const { created, revoke, listed } = callsOf(double, sandbox);
  sandbox.clock.freeze("2040-05-06T07:08:09.123Z");
  sandbox.clock.set("2026-05-06T07:08:09.123Z");

  const { token, token_info } = await created({ name: "ci", expires_in_days: 2 });
  const claims = JSON.parse(Buffer.from(String(token.split(".")[1]), "base64url").toString());
  expect(token_info).toMatchObject({
    created_at: "2026-05-06T07:08:09.123000Z",
    expires_at: "2026-05-08T07:08:09.123000Z",
    last_used_at: null,
  });
  expect(claims).toEqual({
    jti: token_info.jti,
    sub: sandbox.userId,
    type: "api",
    iat: Date.parse("2026-05-06T07:08:09Z") / 1000,
    exp: Date.parse("2026-05-08T07:08:09Z") / 1000,
  });

  sandbox.clock.advance({ hours: 1 });
  await callsOf(double, { ...sandbox, token }).list();
  sandbox.clock.advance({ hours: 1 });
  expect(await revoke(token_info.id)).toMatchObject({ body: { revoked_at: "2026-05-06T09:08:09.123000Z" } });
  expect((await listed("?include_revoked=true")).find(({ id }) => id === token_info.id)).toMatchObject({
    last_used_at: "2026-05-06T08:08:09.123000Z",
    revoked_at: "2026-05-06T09:08:09.123000Z",
  });
  expect(sandbox.journal.entries().map(({ at }) => at)).toEqual([
    "2026-05-06T07:08:09.123000Z",
    "2026-05-06T08:08:09.123000Z",
    "2026-05-06T09:08:09.123000Z",
    "2026-05-06T09:08:09.123000Z",
  ]);
  expect(double.clock.now()).toEqual(new Date(noon));
});

/** What two businesses and the global clock of a double should say, frozen as they all are: undefined follows. */
interface Model {
  common: number;
  own: (number | undefined)[];
}

test("whatever is done to frozen clocks, they say what a model of two lines says", async () => {
  const step = fc.record({
    who: fc.constantFrom(undefined, 0, 1),
    overHttp: fc.boolean(),
    act: fc.oneof(
      fc.record({
        kind: fc.constant("freeze" as const),
        at: fc.date({ min: new Date(1e12), max: new Date(3e12), noInvalidDate: true }),
      }),
      fc.record({
        kind: fc.constant("set" as const),
        at: fc.date({ min: new Date(1e12), max: new Date(3e12), noInvalidDate: true }),
      }),
      fc.record({ kind: fc.constant("advance" as const), seconds: fc.integer({ min: -1e6, max: 1e6 }) }),
      fc.record({ kind: fc.constant("follow" as const) }),
    ),
  });
  await using double = await startDouble();
  const control = controlOf(double);
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 15 }), async (steps) => {
      await double.reset();
      double.clock.freeze(noon);
      const sandboxes = [await double.sandbox(), await double.sandbox()] as const;
      const model: Model = { common: Date.parse(noon), own: [undefined, undefined] };

      for (const { who, overHttp, act } of steps) {
        const clock = who === undefined ? double.clock : sandboxes[who].clock;
        const query = who === undefined ? {} : { business_id: sandboxes[who].businessId };
        const before = (who === undefined ? undefined : model.own[who]) ?? model.common;
        let after: number | undefined;
        switch (act.kind) {
          case "freeze":
          case "set":
            after = act.at.getTime();
            if (overHttp)
              await control.setClock({
                query,
                body: act.kind === "set" ? { set: act.at.toISOString() } : { freeze: act.at.toISOString() },
              });
            else clock[act.kind](act.at);
            break;
          case "advance":
            after = before + act.seconds * 1000;
            if (overHttp) await control.advanceClock({ query, body: { seconds: act.seconds } });
            else clock.advance({ seconds: act.seconds });
            break;
          case "follow":
            // The global clock would run again; it is the businesses that can follow.
            if (who === undefined) continue;
            if (overHttp) await control.resetClock({ query });
            else clock.reset();
        }
        if (who !== undefined) model.own[who] = after;
        else model.common = after ?? model.common;

        expect(double.clock.now().getTime()).toBe(model.common);
        expect(sandboxes.map((sandbox) => sandbox.clock.now().getTime())).toEqual(
          model.own.map((own) => own ?? model.common),
        );
      }
    }),
    { numRuns: 40 },
  );
}, 60_000);

test("whether a token is refused depends on where the clock stands, and not on how it got there", async () => {
  await using double = await startDouble();
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 365 }),
      fc.array(fc.integer({ min: -200, max: 200 }), { maxLength: 10 }),
      async (expires_in_days, days) => {
        double.clock.freeze(noon);
        // A business's own clock stays behind, so that the sandbox's own token never expires on the way.
        const sandbox = await double.sandbox();
        const { token, token_info } = await callsOf(double, sandbox).created({ name: "ci", expires_in_days });

        let at = 0;
        for (const each of days) {
          at += each;
          sandbox.clock.advance({ days: each });
          const { status } = await callsOf(double, { ...sandbox, token }).list();
          expect([token_info.expires_at, sandbox.clock.now(), status]).toEqual([
            token_info.expires_at,
            sandbox.clock.now(),
            at < expires_in_days ? 200 : 401,
          ]);
        }
      },
    ),
    { numRuns: 40 },
  );
}, 60_000);
