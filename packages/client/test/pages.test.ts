import { expect, test } from "vitest";
import { DayZero, ResponseFormatError } from "../src/index.ts";
import { answer, businessId, record, startRawServer, token } from "./raw-server.ts";

interface Page {
  ids: string[];
  next?: string;
  prev?: string;
}

const page = ({ ids, next, prev }: Page) =>
  answer(200, {
    items: ids.map((id) => ({ ...record, id })),
    has_next: next !== undefined,
    has_prev: prev !== undefined,
    next_cursor: next ?? null,
    prev_cursor: prev ?? null,
  });

/** Answers with the page of the cursor that it is asked for. */
const book = (pages: Readonly<Record<string, Page>>) =>
  startRawServer((_, { line }) => {
    const cursor = new URL(line.split(" ")[1] ?? "", "http://x").searchParams.get("cursor") ?? "";
    const found = pages[cursor];
    return found ? page(found) : answer(400, { detail: "No such cursor" });
  });

const three = {
  "": { ids: ["1", "2"], next: "b" },
  b: { ids: ["3"], next: "c", prev: "" },
  c: { ids: ["4"], prev: "b" },
};

const idsOf = async (tokens: AsyncIterable<{ id: string }>) => {
  const ids: string[] = [];
  for await (const { id } of tokens) ids.push(id);
  return ids;
};

test("awaiting a list gives its first page, as sent", async () => {
  await using server = await book(three);
  const first = await new DayZero(server.options).tokens.list();
  expect(JSON.parse(JSON.stringify(first))).toEqual({
    items: [
      { ...record, id: "1" },
      { ...record, id: "2" },
    ],
    has_next: true,
    has_prev: false,
    next_cursor: "b",
    prev_cursor: null,
  });
  expect(server.requests).toHaveLength(1);
});

test("iterating over a list gives the tokens of all pages, with the same query for each", async () => {
  await using server = await book(three);
  expect(await idsOf(new DayZero(server.options).tokens.list({ limit: 2, include_revoked: true }))).toEqual([
    "1",
    "2",
    "3",
    "4",
  ]);
  expect(server.requests.map(({ line }) => line.split(" ")[1])).toEqual([
    "/api/v1/tokens?limit=2&include_revoked=true",
    "/api/v1/tokens?limit=2&include_revoked=true&cursor=b",
    "/api/v1/tokens?limit=2&include_revoked=true&cursor=c",
  ]);
});

test("a page leads to the next one, until there is none", async () => {
  await using server = await book(three);
  const ids: string[] = [];
  for (let at = await new DayZero(server.options).tokens.list(); at; ) {
    ids.push(...at.items.map(({ id }) => id));
    const next = at.nextPage();
    if (next === undefined) break;
    at = await next;
  }
  expect(ids).toEqual(["1", "2", "3", "4"]);
});

test("pages come one by one, and none is asked for before it is needed", async () => {
  await using server = await book(three);
  for await (const { items } of new DayZero(server.options).tokens.list().pages()) {
    expect(items).toHaveLength(2);
    break;
  }
  expect(server.requests).toHaveLength(1);
});

test("backwards, a list follows the previous cursors", async () => {
  await using server = await book({
    c: { ids: ["4"], prev: "b" },
    b: { ids: ["3"], next: "c", prev: "a" },
    a: { ids: ["1"] },
  });
  const tokens = new DayZero(server.options).tokens.list({ cursor: "c", direction: "prev" });
  expect(await idsOf(tokens)).toEqual(["4", "3", "1"]);
  expect(server.requests.map(({ line }) => line.split(" ")[1])).toEqual([
    "/api/v1/tokens?cursor=c&direction=prev",
    "/api/v1/tokens?cursor=b&direction=prev",
    "/api/v1/tokens?cursor=a&direction=prev",
  ]);
});

test("an empty page that has a next one does not end the list", async () => {
  await using server = await book({ "": { ids: ["1"], next: "b" }, b: { ids: [], next: "c" }, c: { ids: ["2"] } });
  expect(await idsOf(new DayZero(server.options).tokens.list())).toEqual(["1", "2"]);
});

test.each([
  ["the page before", { "": { ids: ["1"], next: "b" }, b: { ids: ["2"], next: "b" } }, 2],
  ["an earlier page", { "": { ids: ["1"], next: "b" }, b: { ids: ["2"], next: "c" }, c: { ids: ["3"], next: "b" } }, 3],
])("a cursor that leads back to %s ends the list with an error", async (_, pages, requests) => {
  await using server = await book(pages);
  const seen: string[] = [];
  const walk = async () => {
    for await (const { id } of new DayZero(server.options).tokens.list()) seen.push(id);
  };
  const error = await walk().catch((thrown) => thrown);
  expect(error).toBeInstanceOf(ResponseFormatError);
  expect(error).toMatchObject({
    status: 200,
    contentType: "application/json",
    attempts: 1,
    outcome: "unknown",
    message: "tokens.list was answered with 200 application/json: a missing or repeated cursor",
  });
  expect(server.requests).toHaveLength(requests);
  expect(seen).toHaveLength(requests);
});

test("a cursor that leads back to where the call began ends the list with an error", async () => {
  await using server = await book({ a: { ids: ["1"], next: "a" } });
  await expect(idsOf(new DayZero(server.options).tokens.list({ cursor: "a" }))).rejects.toBeInstanceOf(
    ResponseFormatError,
  );
  expect(server.requests).toHaveLength(1);
});

test("a next page without a cursor is an error, not the end", async () => {
  await using server = await startRawServer(() => answer(200, { items: [], has_next: true, has_prev: false }));
  await expect(idsOf(new DayZero(server.options).tokens.list())).rejects.toBeInstanceOf(ResponseFormatError);
});

test("the same next page can be asked for twice: after a failure, say", async () => {
  await using server = await book(three);
  const first = await new DayZero(server.options).tokens.list();
  expect((await first.nextPage())?.items).toHaveLength(1);
  expect((await first.nextPage())?.items).toHaveLength(1);
});

test.each([
  [0, [], 1],
  [1, ["1"], 1],
  [2, ["1", "2"], 1],
  [3, ["1", "2", "3"], 2],
  [99, ["1", "2", "3", "4"], 3],
])("an array of at most %i tokens takes no more pages than it needs", async (limit, ids, requests) => {
  await using server = await book(three);
  const tokens = await new DayZero(server.options).tokens.list().toArray({ limit });
  expect(tokens.map(({ id }) => id)).toEqual(ids);
  expect(server.requests).toHaveLength(requests);
});

test("an abort ends an iteration at the next page", async () => {
  await using server = await book(three);
  const controller = new AbortController();
  const walk = async () => {
    for await (const { id } of new DayZero(server.options).tokens.list({}, { signal: controller.signal })) {
      if (id === "2") controller.abort("enough");
    }
  };
  await expect(walk()).rejects.toMatchObject({ code: "aborted", cause: "enough" });
  expect(server.requests).toHaveLength(1);
});

test("a list that is refused on its second page says so", async () => {
  await using server = await book({ "": { ids: ["1"], next: "gone" } });
  await expect(idsOf(new DayZero(server.options).tokens.list())).rejects.toMatchObject({
    code: "bad_request",
    detail: "No such cursor",
  });
});

/** Answers with page after page, none of which is the last. */
const endless = (page: (n: number) => object) => {
  let n = 0;
  const fetch = async () => Response.json({ has_next: true, has_prev: false, next_cursor: `c${++n}`, ...page(n) });
  return { fetch, asked: () => n };
};

test("a list that goes on and on with empty pages ends with an error after a hundred", async () => {
  const { fetch, asked } = endless(() => ({ items: [] }));
  const error = await idsOf(new DayZero({ apiToken: token, businessId, fetch }).tokens.list()).catch(
    (thrown) => thrown,
  );
  expect(error).toBeInstanceOf(ResponseFormatError);
  expect(error.message).toContain("100 empty pages in a row");
  expect(asked()).toBe(100);
});

test("a list with many empty pages goes on as long as tokens come between them", async () => {
  const { fetch } = endless((n) => ({ items: n % 100 === 0 ? [record] : [], has_next: n < 300 }));
  const tokens = await new DayZero({ apiToken: token, businessId, fetch }).tokens.list().toArray({ limit: 10 });
  expect(tokens).toHaveLength(3);
});

test("a cursor error says what is known of the answer that had it", async () => {
  const headers = { "x-request-id": "req-1" };
  await using server = await startRawServer(() =>
    answer(200, { items: [], has_next: true, has_prev: false, next_cursor: "" }, headers),
  );
  const page = await new DayZero(server.options).tokens.list();
  const result = await page.nextPage()?.result();
  expect(result).toMatchObject({
    status: "other",
    requestId: "req-1",
    error: { code: "response_format", status: 200, attempts: 1, outcome: "unknown", requestId: "req-1" },
  });
  expect(server.requests).toHaveLength(1);
});

test("a cursor that is null is not sent, and is no place to come back to", async () => {
  await using server = await book(three);
  expect(await idsOf(new DayZero(server.options).tokens.list({ cursor: null as never }))).toHaveLength(4);
  expect(server.requests[0]?.line.split(" ")[1]).toBe("/api/v1/tokens");
});

test("two walks from the same page do not disturb each other", async () => {
  await using server = await book(three);
  const first = await new DayZero(server.options).tokens.list();
  const [one, two] = [first.nextPage(), first.nextPage()];
  expect(one && (await idsOf(one))).toEqual(["3", "4"]);
  expect(two && (await idsOf(two))).toEqual(["3", "4"]);
});
