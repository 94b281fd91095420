import { rules } from "@dayzero-tokens/contract";
import type { JournalEntry } from "@dayzero-tokens/contract/control";
import { expect, test } from "vitest";
import { type Double, startDouble } from "../src/index.ts";
import { journalEntry } from "../src/steering/journal-wire.ts";
import { createSigningKey, mintSecret } from "../src/tokens/secret.ts";
import { bodyOf, type Control, callsOf, controlOf, headersOf, wellKnownCaller } from "./calls.ts";
import { foreignToken } from "./foreign-token.ts";
import { readEvents } from "./read-events.ts";

type Query = NonNullable<Parameters<Control["readJournal"]>[0]>["query"];
const readJournal = async (control: Control, query: Query = {}) => bodyOf(await control.readJournal({ query }), 200);

test("an exchange is on record as it went: who, what, which answer, and the rule that decided", async () => {
  await using double = await startDouble();
  double.clock.freeze("2026-03-01T12:00:00Z");
  const sandbox = await double.sandbox();
  const { token_info } = await callsOf({ url: double.url }, sandbox).created({ name: "ci", expires_in_days: 3 });

  const { entries, next, dropped } = await readJournal(controlOf(double));

  expect({ next, dropped }).toEqual({ next: 1, dropped: 0 });
  expect(entries).toEqual([
    {
      id: 1,
      at: "2026-03-01T12:00:00Z",
      method: "POST",
      path: "/api/v1/tokens",
      operation: "createToken",
      business_id: sandbox.businessId,
      user_id: sandbox.userId,
      token_id: sandbox.tokenId,
      status: 201,
      rule: "create.created",
      rule_source: "documented",
      fault_id: null,
      duration_ms: expect.any(Number),
      request: {
        headers: expect.objectContaining({
          authorization: "Bearer dz_eyJ...",
          "x-business-id": sandbox.businessId,
          "content-type": "application/json",
        }),
        query: {},
        body: { name: "ci", expires_in_days: 3 },
      },
      response: {
        headers: { "content-type": "application/json" },
        body: { token: "dz_eyJ...", token_info },
      },
      leaks: [],
    },
  ]);
  expect(double.journal.entries()).toEqual(entries);
});

/** A request that each rule decides about; a caller of its own makes the ones before it. */
const decided: Record<Exclude<keyof typeof rules, "double.broken">, (double: Double) => Promise<unknown>> = {
  "route.not-found": ({ url }) => fetch(`${url}/api/v2/tokens`),
  "route.not-here": ({ url }) => fetch(`${url}/api/v1/businesses`),
  "route.method-not-allowed": ({ url }) => fetch(`${url}/api/v1/tokens`, { method: "DELETE" }),
  "route.trailing-slash": ({ url }) => fetch(`${url}/api/v1/tokens/`, { redirect: "manual" }),
  "body.invalid-json": (double) => post(double, "{"),
  "body.unreadable": (double) => post(double, new Uint8Array([0xff, 0xfe, 0xfd])),
  "body.too-large": (double) => post(double, `{"name": "${"x".repeat(9 * 1024 * 1024)}"}`),
  "rate-limit.exceeded": async (double) => {
    for (let n = 0; n < 500; n += 1) await callsOf(double, wellKnownCaller).list();
    await callsOf(double, wellKnownCaller).list();
  },
  "credentials.absent": (double) => get(double, { authorization: undefined }),
  "credentials.scheme": (double) => get(double, { authorization: "Basic YWxhZGRpbg==" }),
  "credentials.malformed": (double) => get(double, { authorization: "Bearer dz_nonsense" }),
  "credentials.signature": (double) => get(double, { authorization: `Bearer ${foreignToken()}` }),
  "credentials.unknown": (double) => {
    const jti = "0197a5c2-6c1e-7d3a-9b1f-2f6d3c4b5a69";
    const unknown = mintSecret({ jti, userId: jti, createdAt: 0, expiresAt: null }, createSigningKey());
    return get(double, { authorization: `Bearer ${unknown}` });
  },
  "credentials.expired": (double) => withHardState(double, "expired"),
  "credentials.revoked": (double) => withHardState(double, "revoked"),
  "business.absent": (double) => get(double, { "x-business-id": undefined }),
  "business.malformed": (double) => get(double, { "x-business-id": "mine" }),
  "business.no-access": (double) => get(double, { "x-business-id": "0197a5c2-6c1e-7d3a-9b1f-2f6d3c4b5a69" }),
  "permission.missing": async (double) => callsOf(double, await double.sandbox({ permissions: [] })).list(),
  "fields.invalid": (double) => post(double, "{}"),
  "create.created": (double) => callsOf(double, wellKnownCaller).create(),
  "create.limit": async (double) => callsOf(double, await double.sandbox({ tokens: ["at_limit"] })).create(),
  "list.listed": (double) => callsOf(double, wellKnownCaller).list(),
  "list.unknown-direction": (double) => callsOf(double, wellKnownCaller).list("?direction=up"),
  "list.unknown-sort": (double) => callsOf(double, wellKnownCaller).list("?sort_by=secret"),
  "list.bad-cursor": (double) => callsOf(double, wellKnownCaller).list("?cursor=nonsense"),
  "revoke.revoked": (double) => revokeNew(double, 1),
  "revoke.unknown-token": (double) => callsOf(double, wellKnownCaller).revoke("none"),
  "revoke.already-revoked": (double) => revokeNew(double, 2),
  "reply.unserializable": (double) => post(double, '{"name": NaN}'),
};

const get = ({ url }: Double, changes: Record<string, string | undefined>) => {
  const headers = { ...headersOf(wellKnownCaller), ...changes };
  const sent = Object.entries(headers).filter((each): each is [string, string] => each[1] !== undefined);
  return fetch(`${url}/api/v1/tokens`, { headers: Object.fromEntries(sent) });
};

const post = ({ url }: Double, body: string | Uint8Array<ArrayBuffer>) =>
  // The double closes the connection on a body that is too large, perhaps before it is sent.
  fetch(`${url}/api/v1/tokens`, { method: "POST", headers: headersOf(wellKnownCaller), body }).catch(() => {});

async function withHardState(double: Double, state: "expired" | "revoked") {
  const { businessId, tokens } = await double.sandbox({ tokens: [state] });
  return callsOf(double, { token: String(tokens[0]?.token), businessId }).list();
}

async function revokeNew(double: Double, times: number) {
  const sandbox = await double.sandbox({ tokens: ["active"] });
  for (let n = 0; n < times; n += 1) await callsOf(double, sandbox).revoke(String(sandbox.tokens[0]?.id));
}

test.each(Object.entries(decided))("the journal says of an exchange that %s decided it", async (rule, act) => {
  await using double = await startDouble({ ...(rule.startsWith("rate") && { rateLimit: 500 }) });
  double.clock.freeze();

  await act(double);

  await double.expect({ match: { rule }, within_ms: 5000 });
  const last = double.journal.entries().at(-1);
  expect([last?.rule, last?.rule_source]).toEqual([rule, rules[rule as keyof typeof rules].source]);
});

test("every rule but that of the double's own errors has a request that it decides about", () => {
  expect(["double.broken", ...Object.keys(decided)].toSorted()).toEqual(Object.keys(rules).toSorted());
});

test("the journal is read by operation, status, business, token, rule, since and limit", async () => {
  await using double = await startDouble();
  const control = controlOf(double);
  const [one, two] = [await double.sandbox({ tokens: ["active"] }), await double.sandbox()];
  const second = { ...one, token: String(one.tokens[0]?.token) };
  await callsOf(double, one).create(); // 1
  await callsOf(double, one).list(); // 2
  await callsOf(double, second).list("?sort_by=x"); // 3
  await callsOf(double, two).list(); // 4
  await callsOf(double, two).revoke("none"); // 5
  await fetch(`${double.url}/nowhere`); // 6
  const ids = async (query: Query) => (await readJournal(control, query)).entries.map(({ id }) => id);

  expect(await ids({})).toEqual([1, 2, 3, 4, 5, 6]);
  expect(await ids({ operation: "listTokens" })).toEqual([2, 3, 4]);
  expect(await ids({ status: 200 })).toEqual([2, 4]);
  expect(await ids({ business_id: one.businessId })).toEqual([1, 2, 3]);
  expect(await ids({ token_id: String(one.tokens[0]?.id) })).toEqual([3]);
  expect(await ids({ rule: "list.unknown-sort" })).toEqual([3]);
  expect(await ids({ since: 4 })).toEqual([5, 6]);
  expect(await ids({ limit: 2 })).toEqual([1, 2]);
  expect(await ids({ operation: "listTokens", business_id: two.businessId, status: 404 })).toEqual([]);
  expect(one.journal.entries({ operation: "listTokens" }).map(({ id }) => id)).toEqual([2, 3]);
  expect(one.journal.entries({ business_id: two.businessId }).map(({ id }) => id)).toEqual([1, 2, 3]);
});

test("whoever goes on where a page ended reads every entry once", async () => {
  await using double = await startDouble();
  const control = controlOf(double);
  const { list } = callsOf(double, wellKnownCaller);
  const seen: number[] = [];
  let since = 0;
  for (let round = 0; round < 6; round += 1) {
    for (let n = 0; n < 2; n += 1) await list();
    const page = await readJournal(control, { since, limit: 3 });
    seen.push(...page.entries.map(({ id }) => id));
    since = page.next;
  }
  expect(seen).toEqual(Array.from({ length: 12 }, (_, n) => n + 1));
  expect((await readJournal(control, { since })).entries).toEqual([]);
});

test.each([
  ["?operation=create", 'operation: Invalid option: expected one of "createToken"|"listTokens"|"revokeToken"'],
  ["?sinse=1", 'unknown name "sinse"; did you mean "since"?'],
  ["?limit=0", "limit: Too small: expected number to be >=1"],
  ["?status=ok", "status: Invalid input: expected number, received NaN"],
])("the journal is not read with %s", async (query, detail) => {
  await using double = await startDouble();
  const response = await fetch(`${double.url}/_double/journal${query}`);
  expect({ status: response.status, body: await response.json() }).toEqual({ status: 422, body: { detail } });
});

test("the journal keeps the newest entries up to its bound, and counts what it drops, for all and by business", async () => {
  await using double = await startDouble({ journal: 5 });
  const control = controlOf(double);
  const [one, two] = [await double.sandbox(), await double.sandbox()];
  for (let n = 0; n < 4; n += 1) await callsOf(double, one).list();
  for (let n = 0; n < 4; n += 1) await callsOf(double, two).list();

  const page = await readJournal(control);
  expect(page).toMatchObject({ next: 8, dropped: 3 });
  expect(page.entries.map(({ id }) => id)).toEqual([4, 5, 6, 7, 8]);
  expect(await readJournal(control, { business_id: one.businessId })).toMatchObject({
    entries: [{ id: 4 }],
    dropped: 3,
  });
  expect(await readJournal(control, { business_id: two.businessId })).toMatchObject({ dropped: 0 });
  expect(double.info().limits.journal).toBe(5);
});

test("a journal of no entries keeps none, and counts all", async () => {
  await using double = await startDouble({ journal: 0 });
  await callsOf(double, wellKnownCaller).list();
  expect(await readJournal(controlOf(double))).toEqual({ entries: [], next: 1, dropped: 1 });
});

test("a journal that is cleared begins anew, and the numbers go on", async () => {
  await using double = await startDouble({ journal: 3 });
  const control = controlOf(double);
  const sandbox = await double.sandbox();
  for (let n = 0; n < 4; n += 1) await callsOf(double, wellKnownCaller).list();
  await callsOf(double, sandbox).list();

  expect(bodyOf(await control.clearJournal({ query: { business_id: sandbox.businessId } }), 200)).toEqual({
    journal: 1,
  });
  expect((await readJournal(control)).entries.map(({ id }) => id)).toEqual([3, 4]);
  expect(bodyOf(await control.clearJournal({ query: {} }), 200)).toEqual({ journal: 2 });
  expect(await readJournal(control)).toEqual({ entries: [], next: 5, dropped: 0 });
  await callsOf(double, sandbox).list();
  expect((await readJournal(control)).entries.map(({ id }) => id)).toEqual([6]);
});

test.each([
  ["application/json", '{"a": [1, 2.5, null, true], "b": "x\\ny"}', { a: [1, 2.5, null, true], b: "x\ny" }],
  [
    "application/json",
    '{"big": 12345678901234567890, "whole": 1.0, "none": NaN}',
    { big: "12345678901234567890", whole: "1", none: "NaN" },
  ],
  ["application/json", Buffer.from('\ufeff{"name": "é\u{1F642}"}', "utf16le"), { name: "é\u{1F642}" }],
  ["application/json", '{"name": "\\ud800"}', { name: "\ud800" }],
  ["application/json", '{"name": ', null],
  ["application/json", "7", 7],
  ["application/json", "", null],
  ["text/plain", "name=ci\nand more", "name=ci\nand more"],
  ["text/plain", Buffer.from([0xff]), "\ud800"],
])("a body of %s, %j, is shown as %j", async (type, body, shown) => {
  await using double = await startDouble();
  const headers = { ...headersOf(wellKnownCaller), "content-type": type };
  await double.fetch(`${double.url}/api/v1/tokens`, { method: "POST", headers, body });
  await double.fetch(`${double.url}/api/v1/tokens?${wellKnownCaller.token}`, { method: "POST", headers, body });

  const { entries } = await readJournal(controlOf(double));

  expect(entries.map(({ request }) => request.body)).toEqual([shown, shown]);
  expect(double.journal.entries()).toEqual(entries);
});

test("the journal keeps no more than its bytes, and counts what it drops", async () => {
  await using double = await startDouble({ journalBytes: 100_000 });
  const { create } = callsOf(double, wellKnownCaller);
  for (let n = 0; n < 20; n += 1) await create({ name: "x".repeat(10_000), n });

  const { entries, dropped } = await readJournal(controlOf(double));

  expect(dropped).toBeGreaterThan(15);
  expect(entries.map(({ id }) => id)).toEqual(Array.from(entries, (_, at) => dropped + at + 1));
  expect(entries.at(-1)?.request.body).toMatchObject({ n: 19 });
  expect(double.info().limits).toMatchObject({ journal: 1000, journal_bytes: 100_000 });
  await expect(double.expect({ match: { operation: "createToken" }, count: { max: 20 } })).rejects.toMatchObject({
    unmet: { reason: "truncated" },
  });
});

test("an exchange that would fill the journal alone is dropped, and the others stay", async () => {
  await using double = await startDouble({ journalBytes: 50_000 });
  const { create, list } = callsOf(double, wellKnownCaller);
  await list();
  await create({ name: "x".repeat(60_000) });
  await list();
  expect(await readJournal(controlOf(double))).toMatchObject({ entries: [{ id: 1 }, { id: 3 }], next: 3, dropped: 1 });
});

test("an entry that was read stays as it is, however many come after it", async () => {
  await using double = await startDouble({ journal: 2 });
  const { create } = callsOf(double, wellKnownCaller);
  await create({ name: "first" });
  const [entry] = double.world.journal.read();
  const before = entry && journalEntry(entry);

  for (let n = 0; n < 5; n += 1) await create({ name: "later" });

  expect(before).toMatchObject({ id: 1, response: { body: { token_info: { name: "first" } } } });
  expect(entry && journalEntry(entry)).toEqual(before);
});

test("of a body that is very long the journal keeps the length only", async () => {
  await using double = await startDouble();
  const body = "x".repeat(100_000);
  await fetch(`${double.url}/api/v1/tokens`, {
    method: "POST",
    headers: { ...headersOf(wellKnownCaller), "content-type": "text/plain" },
    body,
  });
  expect(double.journal.entries()[0]?.request.body).toEqual({ length: 100_000 });
});

test("the stream tells of every exchange as it happens, numbered as in the journal", async () => {
  await using double = await startDouble();
  const { list, create } = callsOf(double, wellKnownCaller);
  await list();
  for (const fetch of [globalThis.fetch, double.fetch]) {
    await using events = await readEvents(`${double.url}/_double/journal/stream`, { fetch });

    await list();
    const first = await events.next();
    await create();
    const second = await events.next();

    const entries = double.journal.entries().slice(-2);
    expect([first, second]).toEqual(entries.map((entry) => ({ id: String(entry.id), data: entry })));
  }
});

test("the stream gives a client that says what it saw last what it missed", async () => {
  await using double = await startDouble();
  const { list } = callsOf(double, wellKnownCaller);
  for (let n = 0; n < 4; n += 1) await list();

  await using events = await readEvents(`${double.url}/_double/journal/stream`, { headers: { "last-event-id": "2" } });
  const missed = [(await events.next()).id, (await events.next()).id];
  await list();

  expect([...missed, (await events.next()).id]).toEqual(["3", "4", "5"]);
});

test("the stream tells a client that comes back how much of what it missed the journal no longer holds", async () => {
  await using double = await startDouble({ journal: 3 });
  const { list } = callsOf(double, wellKnownCaller);
  for (let n = 0; n < 10; n += 1) await list();

  await using events = await readEvents(`${double.url}/_double/journal/stream`, { headers: { "last-event-id": "2" } });

  expect(await events.next()).toEqual({ event: "gap", id: "7", data: { missed: 5 } });
  const ids = [(await events.next()).id, (await events.next()).id, (await events.next()).id];
  await list();
  expect([...ids, (await events.next()).id]).toEqual(["8", "9", "10", "11"]);
});

test("the stream of one business tells of no gap where others' exchanges were dropped", async () => {
  await using double = await startDouble({ journal: 3 });
  const [mine, other] = [await double.sandbox(), await double.sandbox()];
  for (let n = 0; n < 10; n += 1) await callsOf(double, other).list();
  await callsOf(double, mine).list();
  const open = (businessId: string) =>
    readEvents(`${double.url}/_double/journal/stream?business_id=${businessId}`, { headers: { "last-event-id": "0" } });

  await using events = await open(mine.businessId);
  await using others = await open(other.businessId);

  expect((await events.next()).id).toBe("11");
  expect(await others.next()).toEqual({ event: "gap", id: "8", data: { missed: 8 } });
});

test.each([
  ["that another double gave", "500", ["1", "2", "3"]],
  ["that is none", "what I saw", ["3"]],
])("the stream takes a last event id %s", async (_, id, seen) => {
  await using double = await startDouble();
  const { list } = callsOf(double, wellKnownCaller);
  await list();
  await list();
  await using events = await readEvents(`${double.url}/_double/journal/stream`, { headers: { "last-event-id": id } });
  await list();
  const ids = [];
  for (const _ of seen) ids.push((await events.next()).id);
  expect(ids).toEqual(seen);
});

test("the stream of one business tells of no other", async () => {
  await using double = await startDouble();
  const [mine, other] = [await double.sandbox(), await double.sandbox()];
  await using events = await readEvents(`${double.url}/_double/journal/stream?business_id=${mine.businessId}`);

  await callsOf(double, other).list();
  await callsOf(double, mine).list();

  expect((await events.next()).data).toMatchObject({
    id: 2,
    business_id: mine.businessId,
  } satisfies Partial<JournalEntry>);
});

test("the stream ends when the double stops", async () => {
  const double = await startDouble();
  await using events = await readEvents(`${double.url}/_double/journal/stream`);

  await double.close();

  expect(await events.ended()).toBe(true);
});

test("control requests are not in the journal", async () => {
  await using double = await startDouble();
  const control = controlOf(double);
  await control.health();
  await control.createSandbox({ body: {} });
  await fetch(`${double.url}/_double/nowhere`);
  await fetch(`${double.url}/_double/faults`, { method: "POST", body: "{}" });
  expect(await readJournal(control)).toEqual({ entries: [], next: 0, dropped: 0 });
});
