import { expect, test } from "vitest";
import { startDouble, wellKnown } from "../src/index.ts";
import { bodyOf, callsOf, controlOf, wellKnownCaller } from "./calls.ts";

test.each([
  ["2026-03-01T12:00:00Z", "2026-03-01T12:00:00Z", "2026-03-02T12:00:00Z"],
  ["2026-03-01T12:00:00.123Z", "2026-03-01T12:00:00.123000Z", "2026-03-02T12:00:00.123000Z"],
  ["2026-03-01T12:00:00.100Z", "2026-03-01T12:00:00.100000Z", "2026-03-02T12:00:00.100000Z"],
])("at %s every time is told as Pydantic tells it", async (freeze, now, tomorrow) => {
  await using double = await startDouble();
  const control = controlOf(double);
  const calls = callsOf(double, wellKnownCaller);
  const reading = bodyOf(await control.setClock({ body: { freeze }, query: {} }), 200);

  const created = await calls.create({ name: "ci", expires_in_days: 1 });
  const revoked = await calls.revoke(wellKnown.token.id);

  expect(reading).toMatchObject({ now });
  expect(created).toMatchObject({ status: 201, body: { token_info: { created_at: now, expires_at: tomorrow } } });
  expect(revoked).toMatchObject({ status: 201, body: { revoked_at: now } });
  expect(bodyOf(await control.readJournal({ query: {} }), 200)).toMatchObject({ entries: [{ at: now }, { at: now }] });
  expect(await double.snapshot()).toMatchObject({
    clock: { at: now },
    tokens: [
      { last_used_at: now, revocation: { at: now } },
      { created_at: now, expires_at: tomorrow },
    ],
  });
});

test("a snapshot whose times have a fraction of zero is restored like any other", async () => {
  await using double = await startDouble();
  double.clock.freeze("2026-03-01T12:00:00Z");
  const snapshot = await double.snapshot();
  const padded = JSON.parse(JSON.stringify(snapshot).replace(/(T\d\d:\d\d:\d\d)Z/g, "$1.000000Z"));

  await double.restore(padded);

  expect(padded).not.toEqual(snapshot);
  expect(await double.snapshot()).toEqual(snapshot);
});
