import { expect, test } from "vitest";
import { DayZero, ResponseFormatError } from "../src/index.ts";
import { answer, record, secret, startRawServer } from "./raw-server.ts";

const created = { token: secret, token_info: record };
const page = { items: [record], has_next: false, has_prev: false };
const revocation = { id: record.id, jti: record.jti, revoked_at: "2026-01-02T03:04:05Z" };

const call = {
  create: (dayzero: DayZero) => dayzero.tokens.create({ name: "ci" }),
  list: (dayzero: DayZero) => dayzero.tokens.list(),
  revoke: (dayzero: DayZero) => dayzero.tokens.revoke("id"),
};

const routes = [
  ["create", 201, created],
  ["list", 200, page],
  ["revoke", 201, revocation],
] as const;

const envelopes = [
  ["whole", { success: true, message: "Done", code: "OK" }],
  ["with nothing but the data", {}],
  ["with nulls", { success: null, message: null, code: null }],
  ["with more than is known of it", { success: true, message: "", code: "", timestamp: "now", meta: { id: "1" } }],
  ["with an id of its own", { success: true, id: "request-1" }],
] as const;

const inAll = routes.flatMap((route) => envelopes.map((envelope) => [...route, ...envelope] as const));

test.each(inAll)("%s (%i) takes its data from an envelope", async (name, status, data, _, envelope) => {
  await using server = await startRawServer(() => answer(status, { ...envelope, data }));
  const dayzero = new DayZero(server.options);
  expect(await call[name](dayzero)).toEqual(data);
  expect(await call[name](dayzero).result()).toMatchObject({ ok: true, status, body: data });
  expect((await call[name](dayzero).withResponse()).data).toEqual(data);
});

test.each(routes)("%s (%i) takes bare data, whatever it has beside it", async (name, status, data) => {
  const bare = { ...data, success: false, message: "m", code: "c", data: { ...data, id: "other", token: "other" } };
  await using server = await startRawServer(() => answer(status, bare));
  expect(await call[name](new DayZero(server.options))).toEqual(bare);
});

test.each(routes)("without the check, %s (%i) still knows an envelope from bare data", async (name, status, data) => {
  await using server = await startRawServer((_, __, n) =>
    answer(status, [{ success: true, message: "m", code: "c", data }, data, { new: "shape" }][n]),
  );
  const dayzero = new DayZero({ ...server.options, responseValidation: "off" });
  expect(await call[name](dayzero)).toEqual(data);
  expect(await call[name](dayzero)).toEqual(data);
  expect(await call[name](dayzero)).toEqual({ new: "shape" });
});

test("a check of yours is given the data, not the envelope", async () => {
  await using server = await startRawServer(() => answer(201, { success: true, data: created }));
  const seen: unknown[] = [];
  const responseValidation = (_: string, data: unknown) => seen.push(data);
  await new DayZero({ ...server.options, responseValidation }).tokens.create({ name: "ci" });
  expect(seen).toEqual([created]);
});

test("the pages of a list may come in envelopes", async () => {
  await using server = await startRawServer((_, { line }) =>
    answer(200, {
      success: true,
      data: line.includes("cursor=b") ? page : { ...page, has_next: true, next_cursor: "b" },
    }),
  );
  expect(await new DayZero(server.options).tokens.list().toArray({ limit: 10 })).toEqual([record, record]);
});

test.each([
  [
    "an envelope that says that the call failed",
    { success: false, message: "m", code: "c", data: created },
    "success is false",
  ],
  ["a failure without data", { success: false, message: "m", code: "c", data: null }, "success is false"],
  ["an envelope whose data is null", { success: true, message: "m", code: "c", data: null }, "unexpected body.data"],
  ["an envelope without data", { success: true, message: "m", code: "c" }, "unexpected body.data"],
  ["an envelope whose data is a list", { success: true, data: [created] }, "unexpected body.data"],
  ["an envelope whose data is broken", { success: true, data: { token_info: record } }, "unexpected body.data.token"],
  ["an envelope in an envelope", { data: { data: created } }, "unexpected body.data.token"],
  ["bare data that is broken, with data beside it", { token_info: record, data: created }, "unexpected body.token"],
  ["data that is no object, with no sign of an envelope", { data: "x" }, "unexpected body.token"],
])("a create that is answered with %s is an error, and may have been carried out", async (_, body, said) => {
  await using server = await startRawServer(() => answer(201, body));
  const error = await new DayZero(server.options).tokens.create({ name: "ci" }).catch((thrown) => thrown);
  expect(error).toBeInstanceOf(ResponseFormatError);
  expect(error).toMatchObject({
    outcome: "unknown",
    message: `tokens.create was answered with 201 application/json: ${said} (may have been carried out)`,
  });
});

test("without the check, an envelope needs data all the same", async () => {
  await using server = await startRawServer(() => answer(201, { success: true, message: "m", data: null }));
  const dayzero = new DayZero({ ...server.options, responseValidation: "off" });
  await expect(dayzero.tokens.create({ name: "ci" })).rejects.toBeInstanceOf(ResponseFormatError);
});

test("a refusal is bare in both revisions, and one in an envelope is told as it came", async () => {
  const enveloped = { success: false, message: "No", code: "X", data: null };
  await using server = await startRawServer((_, __, n) => answer(400, n === 0 ? { detail: "No" } : enveloped));
  const dayzero = new DayZero(server.options);
  expect(await dayzero.tokens.create({ name: "ci" }).result()).toMatchObject({ status: 400, body: { detail: "No" } });
  expect(await dayzero.tokens.create({ name: "ci" }).result()).toMatchObject({
    status: "other",
    error: { status: 400, outcome: "rejected", detail: JSON.stringify(enveloped) },
  });
});
