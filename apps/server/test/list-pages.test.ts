import fc from "fast-check";
import { expect, test } from "vitest";
import { type Api, answerOf, invalidParameters, passTime, startApi } from "./api.ts";

interface Page {
  readonly items: { readonly id: string; readonly name: string }[];
  readonly next_cursor: string | null;
  readonly prev_cursor: string | null;
  readonly has_next: boolean;
  readonly has_prev: boolean;
}

/** As many tokens as names, one a second, and the well-known one. */
async function apiWith(names: readonly string[]): Promise<Api> {
  const api = await startApi({ limits: { maxActiveTokens: 0 } });
  for (const name of names) {
    passTime(api, 1_000);
    await api.created({ name });
  }
  return api;
}

type Query = Readonly<Record<string, string | number | boolean>>;

async function page({ list }: Api, query: Query): Promise<Page> {
  const written = Object.entries(query).map(([name, value]): [string, string] => [name, String(value)]);
  const answer = await list(`?${new URLSearchParams(written)}`);
  expect(answer.status).toBe(200);
  return answer.body;
}

const namesOf = ({ items }: Page) => items.map(({ name }) => name);

/** Every page from one end to the other, with something happening behind each. */
async function walk(api: Api, query: Query, between = async (_: number) => {}) {
  const side = query["direction"] === "prev" ? "prev_cursor" : "next_cursor";
  const pages = [await page(api, query)];
  for (let cursor = pages[0]?.[side]; cursor != null && pages.length < 100; cursor = pages.at(-1)?.[side]) {
    await between(pages.length);
    pages.push(await page(api, { ...query, cursor }));
  }
  return pages;
}

test("pages follow one another to the end, and say on which side there is more", async () => {
  const api = await apiWith(["a", "b", "c", "d"]);

  const pages = await walk(api, { limit: 2 });

  expect(pages.map((each) => [namesOf(each), each.has_prev, each.has_next])).toEqual([
    [["d", "c"], false, true],
    [["b", "a"], true, true],
    [["well-known"], true, false],
  ]);
  expect(pages.map(({ has_next, next_cursor }) => has_next === (next_cursor !== null))).toEqual([true, true, true]);
  expect(pages.map(({ has_prev, prev_cursor }) => has_prev === (prev_cursor !== null))).toEqual([true, true, true]);
});

test("the way back shows the same pages, each in the order of the sort", async () => {
  const api = await apiWith(["a", "b", "c", "d"]);
  const [first, second, third] = await walk(api, { limit: 2 });

  const back = await page(api, { limit: 2, direction: "prev", cursor: third?.prev_cursor ?? "" });
  const start = await page(api, { limit: 2, direction: "prev", cursor: back.prev_cursor ?? "" });

  expect(back).toEqual(second);
  expect(start).toEqual(first);
});

test("without a cursor, prev starts at the end", async () => {
  const api = await apiWith(["a", "b", "c", "d"]);

  const pages = await walk(api, { limit: 2, direction: "prev" });

  expect(pages.map(namesOf)).toEqual([["a", "well-known"], ["c", "b"], ["d"]]);
});

test("walking gives every token exactly once, for any limit, sort, direction and include_revoked", async () => {
  const api = await apiWith(["a", "b", "a", "c", "b", "é", "🙂", "B", "a", "z", "zz", ""].map((name) => `${name}.`));
  const { items } = await page(api, { limit: 1_000 });
  for (const { id } of items.slice(1, 4)) await api.revoke(id);
  await fc.assert(
    fc.asyncProperty(
      fc.record({
        limit: fc.integer({ min: 1, max: 15 }),
        // The list itself is a use of its token, so that last_used_at moves between pages.
        sort_by: fc.constantFrom("created_at", "name", "expires_at"),
        descending: fc.boolean(),
        direction: fc.constantFrom("next", "prev"),
        include_revoked: fc.boolean(),
      }),
      async (query) => {
        const pages = await walk(api, query);
        const inOrder = query.direction === "next" ? pages : pages.toReversed();
        const all = await page(api, { ...query, direction: "next", limit: 1_000 });
        expect(inOrder.flatMap((each) => each.items.map(({ id }) => id))).toEqual(all.items.map(({ id }) => id));
        expect(all.items).toHaveLength(query.include_revoked ? 13 : 10);
      },
    ),
    { numRuns: 15 },
  );
});

test("tokens created and revoked between the pages make it neither skip nor repeat", async () => {
  const api = await apiWith(["a", "b", "c", "d", "e", "f", "g"]);
  const { items } = await page(api, {});
  const idOf = (name: string) => items.find((item) => item.name === name)?.id ?? "";

  const pages = await walk(api, { limit: 2, sort_by: "name", descending: false }, async (count) => {
    if (count > 2) return;
    await api.created({ name: `a new ${count}` });
    await api.created({ name: `z new ${count}` });
    await api.revoke(idOf(count === 1 ? "b" : "e"));
  });

  expect(pages.map(namesOf)).toEqual([["a", "b"], ["c", "d"], ["f", "g"], ["well-known", "z new 1"], ["z new 2"]]);
});

test("a cursor outlives the token that it was made from", async () => {
  const api = await apiWith(["a", "b", "c"]);
  const first = await page(api, { limit: 2 });

  await api.revoke(first.items[1]?.id ?? "");

  expect(namesOf(await page(api, { limit: 2, cursor: first.next_cursor ?? "" }))).toEqual(["a", "well-known"]);
});

test.each([
  ["another column", { sort_by: "name" }],
  ["another direction of the sort", { descending: "false" }],
])("a cursor is refused with %s: 400", async (_, other) => {
  const api = await apiWith(["a", "b"]);
  const { next_cursor } = await page(api, { limit: 1 });

  const answer = await api.list(`?${new URLSearchParams({ cursor: next_cursor ?? "", ...other })}`);

  expect(answerOf(answer)).toEqual(invalidParameters);
});

test("a cursor says where, and not whose: it opens no list but the caller's", async () => {
  const api = await apiWith(["a", "b"]);
  const { next_cursor } = await page(api, { limit: 1 });
  const other = await api.addUser();

  const answer = await api.list(`?cursor=${next_cursor}&direction=prev`, other.credentials);

  expect(answer.body.items.map(({ name }: { name: string }) => name)).not.toContain("b");
});
