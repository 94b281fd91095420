import fc from "fast-check";
import { expect, test } from "vitest";
import { anyTokens, start, tokenWith } from "../state/any-token.ts";
import type { Token } from "./token.ts";
import { comparePosition, positionOf, type Sort, sortColumns } from "./token-sort.ts";

const anySort = fc.record({ by: fc.constantFrom(...sortColumns), descending: fc.boolean() });

const sorted = (tokens: readonly Token[], sort: Sort) =>
  tokens.toSorted((a, b) => comparePosition(a, positionOf(b, sort), sort));

const one = tokenWith({ id: "1", createdAt: start + 2, name: "b", expiresAt: null, lastUsedAt: start });
const two = tokenWith({ id: "2", createdAt: start + 1, name: "a", expiresAt: start, lastUsedAt: null });
const three = tokenWith({ id: "3", createdAt: start + 1, name: "B", expiresAt: start + 1, lastUsedAt: null });

test.each<[Sort, string]>([
  [{ by: "created_at", descending: false }, "231"],
  [{ by: "created_at", descending: true }, "132"],
  [{ by: "name", descending: false }, "321"],
  [{ by: "name", descending: true }, "123"],
  [{ by: "expires_at", descending: false }, "231"],
  [{ by: "expires_at", descending: true }, "132"],
  [{ by: "last_used_at", descending: false }, "123"],
  [{ by: "last_used_at", descending: true }, "321"],
])("sorted by %o, ties stand by id, and null is greater than everything", (sort, order) => {
  expect(
    sorted([one, two, three], sort)
      .map(({ id }) => id)
      .join(""),
  ).toBe(order);
});

test("names stand by code point: U+FF21 used to stand behind 🙂, as in UTF-16", () => {
  const names = [
    "",
    "B",
    "a",
    "a\u0000",
    "aa",
    "é",
    "\ud7ff",
    "\ue000",
    "Ａ",
    "\uffff",
    "🙂",
    "🙂a",
    "🙃",
    "\u{10ffff}",
  ];
  const tokens = names.map((name, at) => tokenWith({ id: `${at}`, name }));

  const inOrder = sorted(tokens.toReversed(), { by: "name", descending: false });

  expect(inOrder.map(({ name }) => name)).toEqual(names);
  expect(names.toSorted((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)))).toEqual(names);
});

test("the order is total: two tokens never stand in one place, and descending is ascending backwards", () => {
  fc.assert(
    fc.property(anyTokens, anySort, (tokens, { by }) => {
      const ascending = sorted(tokens, { by, descending: false });
      expect(sorted(tokens, { by, descending: true })).toEqual(ascending.toReversed());
      for (const [at, token] of ascending.entries()) {
        for (const [other, { id, ...rest }] of ascending.entries()) {
          const sort = { by, descending: false };
          const order = comparePosition(token, positionOf({ id, ...rest }, sort), sort);
          expect(Math.sign(order)).toBe(Math.sign(at - other));
        }
      }
    }),
    { numRuns: 30 },
  );
});

test("the order of the tokens given does not matter", () => {
  fc.assert(
    fc.property(anyTokens, anySort, (tokens, sort) => {
      expect(sorted(tokens.toReversed(), sort)).toEqual(sorted(tokens, sort));
    }),
  );
});
