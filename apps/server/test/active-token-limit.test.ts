import { expect, test } from "vitest";
import { day } from "../src/tokens/instant.ts";
import { wellKnown } from "../src/world/well-known.ts";
import { type Api, answerOf, bearer, passTime, refusal, startApi } from "./api.ts";

const full = (limit: number) => refusal(400, `Maximum of ${limit} active tokens per user reached`);

/** With the well-known one there are as many as may be active. */
async function fill(api: Api, parts: object = {}) {
  return Promise.all(Array.from({ length: 9 }, (_, n) => api.created({ name: `token ${n}`, ...parts })));
}

test("an eleventh active token is refused with 400, and nothing is stored", async () => {
  const api = await startApi();
  await fill(api);

  expect(answerOf(await api.create({ name: "one too many" }))).toEqual(full(10));

  const { body } = await api.list("?include_total_count=true&include_revoked=true");
  expect(body.total).toBe(10);
  expect(body.items.map(({ name }: { name: string }) => name)).not.toContain("one too many");
  expect(await api.world.tokens.all()).toHaveLength(10);
});

test("a revoked token frees its place at once", async () => {
  const api = await startApi();
  const [first] = await fill(api);

  await api.revoke(first?.info.id ?? "");

  expect((await api.create()).status).toBe(201);
  expect(answerOf(await api.create())).toEqual(full(10));
});

test("an expired token frees its place at once", async () => {
  const api = await startApi();
  await fill(api, { expires_in_days: 1 });

  passTime(api, day - 1);
  expect(answerOf(await api.create())).toEqual(full(10));
  passTime(api, 1);

  expect((await api.create()).status).toBe(201);
});

test("of many created at once, only as many as there are places are", async () => {
  const api = await startApi();

  const answers = await Promise.all(Array.from({ length: 20 }, () => api.create()));

  expect(answers.filter(({ status }) => status === 201)).toHaveLength(9);
  expect(answers.filter(({ status }) => status === 400)).toHaveLength(11);
  expect(await api.world.tokens.all()).toHaveLength(10);
});

test("the limit is a user's: another one in the same business has its own", async () => {
  const api = await startApi();
  await fill(api);
  const other = await api.addUser();

  expect((await api.create({ name: "ci" }, other.credentials)).status).toBe(201);
});

test("the limit is a user's: its tokens of all businesses count", async () => {
  const api = await startApi();
  const second = "01941f29-7c00-7000-8000-0000000000b2";
  api.world.directory.grant(wellKnown.user.id, second, ["read", "write"]);
  await fill(api);

  expect(answerOf(await api.create({ name: "ci" }, { ...bearer(wellKnown.secret), "x-business-id": second }))).toEqual(
    full(10),
  );
});

test("the limit can be another, and says so", async () => {
  const { create } = await startApi({ limits: { maxActiveTokens: 2 } });

  expect((await create()).status).toBe(201);
  expect(answerOf(await create())).toEqual(full(2));
});

test("a limit of 0 is none", async () => {
  const { create } = await startApi({ limits: { maxActiveTokens: 0 } });

  const answers = await Promise.all(Array.from({ length: 30 }, () => create()));

  expect(answers.filter(({ status }) => status !== 201)).toEqual([]);
});
