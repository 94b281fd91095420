import { expect, test } from "vitest";
import { answerOf, notEnoughPermissions, startApi, storedToken } from "./api.ts";

test("a user who may only read lists", async () => {
  const { addUser, list } = await startApi();
  const { credentials, info } = await addUser({ permissions: ["read"] });

  const answer = await list("", credentials);

  expect(answer.status).toBe(200);
  expect(answer.body.items).toEqual([expect.objectContaining({ id: info.id, name: "theirs" })]);
});

test("a user who may only read creates nothing: 403", async () => {
  const { world, addUser, create } = await startApi();
  const { credentials } = await addUser({ permissions: ["read"] });
  const before = (await world.tokens.all()).length;

  expect(answerOf(await create({ name: "ci" }, credentials))).toEqual(notEnoughPermissions);

  expect(await world.tokens.all()).toHaveLength(before);
});

test("a user who may only read revokes nothing, not even the token that asks: 403", async () => {
  const api = await startApi();
  const { credentials, info } = await api.addUser({ permissions: ["read"] });

  expect(answerOf(await api.revoke(info.id, undefined, credentials))).toEqual(notEnoughPermissions);

  expect(await storedToken(api, info.id)).toMatchObject({ revocation: null });
});

test("a user who may only write does not list: 403", async () => {
  const { addUser, list, create } = await startApi();
  const { credentials } = await addUser({ permissions: ["write"] });

  expect(answerOf(await list("", credentials))).toEqual(notEnoughPermissions);
  expect((await create({ name: "ci" }, credentials)).status).toBe(201);
});

test("what a user may do in one business says nothing of another", async () => {
  const { world, addUser, create } = await startApi();
  const { credentials } = await addUser({ id: "01941f29-7c00-7000-8000-0000000000a2", permissions: ["read", "write"] });
  const second = "01941f29-7c00-7000-8000-0000000000b2";
  world.directory.grant("01941f29-7c00-7000-8000-0000000000a2", second, ["read"]);

  expect(answerOf(await create({ name: "ci" }, { ...credentials, "x-business-id": second }))).toEqual(
    notEnoughPermissions,
  );
});

test("a permission that is taken away is gone from the very next request on", async () => {
  const { world, addUser, create } = await startApi();
  const id = "01941f29-7c00-7000-8000-0000000000a2";
  const { credentials } = await addUser({ id });
  expect((await create({ name: "ci" }, credentials)).status).toBe(201);

  world.directory.grant(id, credentials["x-business-id"], ["read"]);

  expect(answerOf(await create({ name: "ci" }, credentials))).toEqual(notEnoughPermissions);
});
