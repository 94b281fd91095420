import { expect, test } from "vitest";
import { wellKnown } from "../src/world/well-known.ts";
import { answerOf, bearer, invalidParameters, notEnoughPermissions, startApi } from "./api.ts";

const { secret, businessId } = wellKnown;

const inBusiness = (header?: string) => ({
  ...bearer(secret),
  ...(header !== undefined && { "x-business-id": header }),
});

test.each<[string, string | undefined]>([
  ["absent", undefined],
  ["empty", ""],
  ["the placeholder of upstream's page", "YOUR_BUSINESS_ID"],
  ["a UUID cut short", businessId.slice(0, -1)],
  ["a UUID with a letter too many", `${businessId}0`],
  ["a number", "42"],
])("a business that is %s answers 400", async (_, header) => {
  const { list, create } = await startApi();

  expect(answerOf(await list("", inBusiness(header)))).toEqual(invalidParameters);
  expect(answerOf(await create({ name: "ci" }, inBusiness(header)))).toEqual(invalidParameters);
});

test("a business that the user has no access to answers 403", async () => {
  const { world, list, create, addUser } = await startApi();
  const theirs = "01941f29-7c00-7000-8000-0000000000b1";
  await addUser({ businessId: theirs });

  expect(answerOf(await list("", inBusiness(theirs)))).toEqual(notEnoughPermissions);
  expect(answerOf(await create({ name: "ci" }, inBusiness(theirs)))).toEqual(notEnoughPermissions);
  expect(await world.tokens.all(theirs)).toHaveLength(1);
});

test("a business that there is none of answers 403 as well, so that nobody learns which there are", async () => {
  const { list } = await startApi();

  expect(answerOf(await list("", inBusiness("11111111-1111-4111-8111-111111111111")))).toEqual(notEnoughPermissions);
});

test.each([
  ["in capitals", businessId.toUpperCase()],
  ["without hyphens", businessId.replaceAll("-", "")],
  ["in braces", `{${businessId}}`],
  ["as a URN", `urn:uuid:${businessId}`],
])("the business may be spelled %s, and is the same business", async (_, header) => {
  const { create, list } = await startApi();

  const created = await create({ name: "spelled" }, inBusiness(header));
  const listed = await list("?sort_by=name&descending=false");

  expect(created.status).toBe(201);
  expect(listed.body.items).toContainEqual(
    expect.objectContaining({ id: created.body.token_info.id, name: "spelled" }),
  );
});

test("a user with two businesses has tokens in each, and each lists its own", async () => {
  const { world, create, list } = await startApi();
  const second = "01941f29-7c00-7000-8000-0000000000b2";
  world.directory.grant(wellKnown.user.id, second, ["read", "write"]);

  await create({ name: "in the second" }, inBusiness(second));

  const names = async (header: string) =>
    (await list("", inBusiness(header))).body.items.map(({ name }: { name: string }) => name);
  expect(await names(second)).toEqual(["in the second"]);
  expect(await names(businessId)).toEqual(["well-known"]);
});
