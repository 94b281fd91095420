import fc from "fast-check";
import { expect, test } from "vitest";
import { Journal, type Recorded } from "./journal.ts";

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
  body: undefined,
  shown: undefined,
  status: 200,
  headers: {},
  leaks: [],
});

const business = fc.constantFrom("a", "b");
const text = fc.string({ unit: "grapheme", maxLength: 200 });
const step = fc.oneof(
  { weight: 5, arbitrary: fc.record({ businessId: business, head: text, answer: text }) },
  { weight: 1, arbitrary: fc.record({ cleared: business }) },
);

test("the journal holds the newest exchanges with the texts of each, whatever was dropped or cleared before", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 4 }), fc.array(step, { maxLength: 30 }), (capacity, steps) => {
      const journal = new Journal(capacity);
      let model: { businessId: string; head: string; answer: string }[] = [];
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
          head: String(texts.head),
          answer: String(texts.answer),
        }));
        expect(held).toEqual(model);
      }
    }),
  );
});
