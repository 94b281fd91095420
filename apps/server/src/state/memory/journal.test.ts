import fc from "fast-check";
import { expect, test } from "vitest";
import { type Entry, Journal, type Recorded } from "./journal.ts";

const recorded = (businessId: string): Recorded => ({
  at: 0,
  method: "GET",
  operation: undefined,
  businessId,
  userId: undefined,
  tokenId: undefined,
  rule: undefined,
  faultId: undefined,
  durationMs: 0,
  isShown: false,
  status: 200,
  headers: {},
  leaks: [],
});

const business = fc.constantFrom("a", "b");
const text = fc.string({ unit: "grapheme", maxLength: 200 });
const step = fc.oneof(
  { weight: 5, arbitrary: fc.record({ businessId: business, request: text, answer: text }) },
  { weight: 1, arbitrary: fc.record({ cleared: business }) },
);

test("the journal holds the newest exchanges with the texts of each, whatever was dropped or cleared before", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 4 }), fc.array(step, { maxLength: 30 }), (capacity, steps) => {
      const journal = new Journal({ entries: capacity, bytes: 1024 * 1024 });
      let model: { businessId: string; request: string; answer: string }[] = [];
      for (const step of steps) {
        if ("cleared" in step) {
          journal.clear(step.cleared);
          model = model.filter(({ businessId }) => businessId !== step.cleared);
        } else {
          journal.add(recorded(step.businessId), step);
          model = capacity === 0 ? [] : [...model, step].slice(-capacity);
        }
        const held = journal.read().map(({ businessId, texts }) => ({
          businessId,
          request: String(texts.request),
          answer: String(texts.answer),
        }));
        expect(held).toEqual(model);
      }
    }),
  );
});

test("entries that were handed out never change, whatever is dropped or cleared after", () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 30 }), fc.array(fc.nat(30)), (steps, looks) => {
      const journal = new Journal({ entries: 2, bytes: 1024 * 1024 });
      const held: { entry: Entry; shown: unknown }[] = [];
      const hold = (entry: Entry) => void held.push({ entry, shown: shownOf(entry) });
      for (const [at, step] of steps.entries()) {
        const stopListening = at % 3 === 0 ? journal.listen(hold) : () => {};
        if ("cleared" in step) journal.clear(step.cleared);
        else journal.add(recorded(step.businessId), step);
        stopListening();
        if (looks.includes(at)) journal.read().forEach(hold);
      }
      for (const { entry, shown } of held) expect(shownOf(entry)).toEqual(shown);
    }),
  );
});

const shownOf = ({ texts, ...entry }: Entry) => ({
  ...entry,
  request: String(texts.request),
  answer: String(texts.answer),
});

test("the oldest entries go where the newest would not fit into the bytes, and are counted", () => {
  const journal = new Journal({ entries: 1000, bytes: 100_000 });
  for (let n = 0; n < 10; n += 1) {
    journal.add(recorded(n < 5 ? "a" : "b"), { request: "x".repeat(20_000), answer: "y".repeat(10_000) });
  }

  expect(journal.read().map(({ id }) => id)).toEqual([8, 9, 10]);
  expect(journal.dropped()).toEqual({ count: 7, lastId: 7 });
  expect([journal.dropped("a"), journal.dropped("b"), journal.dropped("c")]).toEqual([
    { count: 5, lastId: 5 },
    { count: 2, lastId: 7 },
    { count: 0, lastId: 0 },
  ]);
});

test("an entry that is larger than the whole journal is dropped, and the others stay", () => {
  const journal = new Journal({ entries: 1000, bytes: 10_000 });
  const small = { request: "small", answer: "small" };

  journal.add(recorded("a"), small);
  journal.add(recorded("a"), { request: "x".repeat(9_500), answer: "" });
  journal.add({ ...recorded("a"), headers: { location: "x".repeat(9_500) } }, small);
  journal.add({ ...recorded("a"), leaks: Array(100).fill({ where: "body", token_id: "t" }) }, small);
  journal.add(recorded("a"), small);

  expect(journal.read().map(({ id }) => id)).toEqual([1, 5]);
  expect(journal.dropped("a")).toEqual({ count: 3, lastId: 4 });
});

test("what is cleared makes room", () => {
  const journal = new Journal({ entries: 1000, bytes: 10_000 });
  const texts = { request: "x".repeat(2_500), answer: "" };
  for (const business of ["a", "b"]) journal.add(recorded(business), texts);
  journal.clear("a");
  journal.add(recorded("b"), texts);
  expect(journal.read().map(({ id }) => id)).toEqual([2, 3]);
});

test("what is dropped is counted for each business that is known, and together for any number of others", () => {
  const known = new Set(["a", "b"]);
  const journal = new Journal({ entries: 0, bytes: 0 }, (id) => known.has(id));
  const add = (business: string) => journal.add(recorded(business), { request: "", answer: "" });

  add("a");
  for (let n = 0; n < 5000; n += 1) add(`stranger ${n}`);
  add("b");

  expect([journal.dropped("a"), journal.dropped("b")]).toEqual([
    { count: 1, lastId: 1 },
    { count: 1, lastId: 5002 },
  ]);
  // Of one that is not known it is sure at least that something of it may have been dropped.
  expect(journal.dropped("stranger 17").count).toBeGreaterThan(0);
  expect(journal.dropped("stranger 17").lastId).toBeGreaterThanOrEqual(18);
  expect(journal.dropped()).toEqual({ count: 5002, lastId: 5002 });
});
