import fc from "fast-check";
import { expect, test } from "vitest";
import { start } from "../state/any-token.ts";
import { decodeCursor, encodeCursor, parseSortColumn } from "./cursor.ts";
import { type Sort, sortColumns } from "./token-sort.ts";

const sort: Sort = { by: "created_at", descending: true };
const id = "01941f29-7c00-7000-8000-000000000003";
const base64 = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");

test("a cursor is base64 of JSON with an id, as in upstream's guide, and safe in a URL", () => {
  const cursor = encodeCursor({ id, key: start }, sort);

  expect(JSON.parse(Buffer.from(cursor, "base64").toString())).toEqual({
    id,
    key: start,
    sort_by: "created_at",
    descending: true,
  });
  expect(encodeURIComponent(cursor)).toBe(cursor);
});

test("a cursor names the position that it was made from, for its sort", () => {
  const position = fc.record(
    {
      id: fc.string({ unit: "binary" }),
      key: fc.oneof(fc.string({ unit: "binary" }), fc.nat(), fc.constant(null)),
      inclusive: fc.constant(true),
    },
    { requiredKeys: ["id", "key"] },
  );
  const anySort = fc.record({ by: fc.constantFrom(...sortColumns), descending: fc.boolean() });
  fc.assert(
    fc.property(position, anySort, (position, sort) => {
      expect(decodeCursor(encodeCursor(position, sort), sort)).toEqual(position);
    }),
  );
});

test.each<[string, string]>([
  ["the empty string", ""],
  ["no base64", "%%%"],
  ["base64 of no JSON", Buffer.from("hello").toString("base64url")],
  ["base64 of null", base64(null)],
  ["base64 of an array", base64([id])],
  ["the guide's example, which says no sort", base64({ id })],
  ["without an id", base64({ key: start, sort_by: "created_at", descending: true })],
  ["with an id that is a number", base64({ id: 1, key: start, sort_by: "created_at", descending: true })],
  ["without a key", base64({ id, sort_by: "created_at", descending: true })],
  ["with a key that is an object", base64({ id, key: {}, sort_by: "created_at", descending: true })],
  ["of another column", encodeCursor({ id, key: "ci" }, { by: "name", descending: true })],
  ["of another direction", encodeCursor({ id, key: start }, { by: "created_at", descending: false })],
  ["cut short", encodeCursor({ id, key: start }, sort).slice(0, -8)],
])("a cursor that is %s names nothing", (_, cursor) => {
  expect(decodeCursor(cursor, sort)).toBeUndefined();
});

test("no string at all makes the decoder throw", () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string({ unit: "binary" }),
        fc.json().map((text) => Buffer.from(text).toString("base64")),
      ),
      (cursor) => {
        decodeCursor(cursor, sort);
      },
    ),
  );
});

test.each(["created_at", "name", "expires_at", "last_used_at"])("%s is a column to sort by", (name) => {
  expect(parseSortColumn(name)).toBe(name);
});

test.each(["", "id", "Name", "created_at ", "constructor", "description"])("“%s” is no column to sort by", (name) => {
  expect(parseSortColumn(name)).toBeUndefined();
});
