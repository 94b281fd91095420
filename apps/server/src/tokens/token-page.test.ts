import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { anyTokens, start, tokenWith } from "../state/any-token.ts";
import type { Token } from "./token.ts";
import { type Page, type PageQuery, pageOf } from "./token-page.ts";
import { comparePosition, positionOf, type Sort, sortColumns } from "./token-sort.ts";

const revocation = { at: start, by: "a@example.com", reason: null };

/** Tokens a, b, c, … in the order of their creation; capitals are revoked. */
const tokensOf = (ids: string): Token[] =>
  [...ids].map((id, at) =>
    tokenWith({
      id: id.toLowerCase(),
      createdAt: start + at,
      revocation: id === id.toLowerCase() ? null : revocation,
    }),
  );

const sort: Sort = { by: "created_at", descending: false };
const query: PageQuery = { sort, limit: 2, includeRevoked: false, direction: "next" };
const at = (id: string, inclusive = false) => ({
  ...positionOf(tokenWith({ id, createdAt: start + id.charCodeAt(0) - 97 }), sort),
  ...(inclusive && { inclusive }),
});

/** A page as a picture: `<` and `>` where there is more. */
const pictureOf = ({ items, prev, next }: Page) =>
  `${prev ? "<" : ""}${items.map(({ id }) => id).join("")}${next ? ">" : ""}`;

describe("a page", () => {
  test.each<[string, string, Partial<PageQuery>, string]>([
    ["from the start", "abcde", {}, "ab>"],
    ["from the end", "abcde", { direction: "prev" }, "<de"],
    ["behind b", "abcde", { from: at("b") }, "<cd>"],
    ["before d", "abcde", { from: at("d"), direction: "prev" }, "<bc>"],
    ["before c, of which two are the first", "abcde", { from: at("c"), direction: "prev" }, "ab>"],
    ["behind the last", "abcde", { from: at("e") }, "<"],
    ["before the first", "abcde", { from: at("a"), direction: "prev" }, ">"],
    ["behind a token that is not there any more", "ab", { from: at("c") }, "<"],
    ["from b on", "abcde", { from: at("b", true) }, "<bc>"],
    ["up to b", "abcde", { from: at("b", true), direction: "prev" }, "ab>"],
    ["that holds all there is", "ab", {}, "ab"],
    ["that holds more than there is", "a", {}, "a"],
    ["of nothing", "", {}, ""],
    ["of nothing, from the end", "", { direction: "prev" }, ""],
    ["of one", "abc", { limit: 1 }, "a>"],
    ["newest first", "abcde", { sort: { by: "created_at", descending: true } }, "ed>"],
    ["without the revoked ones", "aBcDe", {}, "ac>"],
    ["with the revoked ones", "aBcDe", { includeRevoked: true }, "ab>"],
    ["with only revoked ones behind it", "abCD", {}, "ab"],
    ["with only revoked ones before it", "ABcd", { direction: "prev" }, "cd"],
    ["behind a revoked one", "aBcd", { from: at("b") }, "<cd"],
  ])("%s", (_, tokens, parts, picture) => {
    expect(pictureOf(pageOf(tokensOf(tokens), { ...query, ...parts }))).toBe(picture);
  });

  test("that is empty leads back to everything that it left out", () => {
    const behind = pageOf(tokensOf("abc"), { ...query, from: at("c") });
    const back = pageOf(tokensOf("abc"), { ...query, from: behind.prev ?? at("a"), direction: "prev" });

    expect(pictureOf(behind)).toBe("<");
    expect(pictureOf(back)).toBe("<bc");
  });
});

describe("walking", () => {
  const anyQuery = fc.record({
    sort: fc.record({ by: fc.constantFrom(...sortColumns), descending: fc.boolean() }),
    limit: fc.integer({ min: 1, max: 7 }),
    includeRevoked: fc.boolean(),
  });
  type WalkQuery = Omit<PageQuery, "direction" | "from">;

  const inOrder = (tokens: readonly Token[], { by, descending }: Sort) =>
    tokens.toSorted((a, b) => comparePosition(a, positionOf(b, { by, descending }), { by, descending }));

  function walk(tokens: readonly Token[], query: WalkQuery, direction: "next" | "prev"): Page[] {
    const ascending = inOrder(tokens, { ...query.sort, descending: false });
    const pages = [pageOf(ascending, { ...query, direction })];
    for (let from = pages[0]?.[direction]; from !== undefined && pages.length < 100; from = pages.at(-1)?.[direction]) {
      pages.push(pageOf(ascending, { ...query, direction, from }));
    }
    return pages;
  }

  const shown = (tokens: readonly Token[], { sort, includeRevoked }: WalkQuery) =>
    inOrder(tokens, sort).filter((token) => includeRevoked || token.revocation === null);

  test("forward gives the sorted list exactly once", () => {
    fc.assert(
      fc.property(anyTokens, anyQuery, (tokens, query) => {
        expect(walk(tokens, query, "next").flatMap(({ items }) => items)).toEqual(shown(tokens, query));
      }),
    );
  });

  test("back from the end gives the sorted list exactly once", () => {
    fc.assert(
      fc.property(anyTokens, anyQuery, (tokens, query) => {
        const pages = walk(tokens, query, "prev").toReversed();
        expect(pages.flatMap(({ items }) => items)).toEqual(shown(tokens, query));
      }),
    );
  });

  test("fills every page but the one that it ends on", () => {
    fc.assert(
      fc.property(anyTokens, anyQuery, fc.constantFrom("next", "prev"), (tokens, query, direction) => {
        const sizes = walk(tokens, query, direction).map(({ items }) => items.length);
        const { length } = shown(tokens, query);
        const full = Array.from({ length: Math.floor(length / query.limit) }, () => query.limit);
        expect(sizes).toEqual(length % query.limit > 0 || length === 0 ? [...full, length % query.limit] : full);
      }),
    );
  });

  test("forward and one page back is where one was", () => {
    fc.assert(
      fc.property(anyTokens, anyQuery, (tokens, query) => {
        const ascending = inOrder(tokens, { ...query.sort, descending: false });
        const pages = walk(tokens, query, "next");
        for (const [at, page] of pages.entries()) {
          const before = pages[at - 1];
          expect(page.prev === undefined).toBe(before === undefined);
          if (page.prev === undefined) continue;
          expect(pageOf(ascending, { ...query, direction: "prev", from: page.prev })).toEqual(before);
        }
      }),
    );
  });
});
