import { describe, expect, test } from "vitest";
import { wellKnown } from "../src/world/well-known.ts";
import { answerOf, bearer, notAuthenticated, notFound, passTime, refusal, startApi, storedToken } from "./api.ts";

const alreadyRevoked = refusal(400, "Token is already revoked");

test("revoking answers 201 with the whole revocation", async () => {
  const api = await startApi();
  const { info } = await api.created({ name: "lost" });
  passTime(api, 1500);

  const answer = await api.revoke(info.id, { reason: "left on a train" });

  expect(answer.status).toBe(201);
  expect(answer.text).toBe(
    JSON.stringify({
      id: info.id,
      jti: info.jti,
      name: "lost",
      revoked_at: "2026-03-01T12:00:01.500000Z",
      revoked_by: "dev@example.com",
      revocation_reason: "left on a train",
    }),
  );
});

describe("the reason is null where the body is", () => {
  test.each<[string, string | undefined, string | undefined]>([
    ["absent", undefined, undefined],
    ["absent, though its type is JSON", undefined, "application/json"],
    ["null", "null", "application/json"],
    ["an empty object", "{}", "application/json"],
    ["an object with a null reason", '{"reason":null}', "application/json"],
    ["an object with another key", '{"Reason":"lost"}', "application/json"],
  ])("%s", async (_, body, contentType) => {
    const { created, request, credentials } = await startApi();
    const { info } = await created();
    const call = request.post(`/api/v1/tokens/${info.id}/revoke`).set(credentials);

    const answer = await (contentType === undefined ? call : call.set("content-type", contentType)).send(body);

    expect(answer.status).toBe(201);
    expect(answer.body).toMatchObject({ id: info.id, revocation_reason: null });
  });
});

test("an empty reason is a reason", async () => {
  const { created, revoke } = await startApi();
  const { info } = await created();

  expect((await revoke(info.id, { reason: "" })).body).toMatchObject({ revocation_reason: "" });
});

test("x-user-email says who revoked", async () => {
  const { created, revoke, credentials } = await startApi();
  const { info } = await created();

  const answer = await revoke(info.id, undefined, { ...credentials, "x-user-email": "boss@example.com" });

  expect(answer.body.revoked_by).toBe("boss@example.com");
});

test.each(["nobody's", "01941f29-7c00-7000-8000-0000000000ff", "00000000"])(
  "the unknown token %s answers 404",
  async (id) => {
    const { revoke } = await startApi();

    expect(answerOf(await revoke(id))).toEqual(notFound);
  },
);

test("somebody else's token answers 404 and stays as it is", async () => {
  const api = await startApi();
  const { info } = await api.addUser();

  expect(answerOf(await api.revoke(info.id, { reason: "mine" }))).toEqual(notFound);

  expect(await storedToken(api, info.id)).toMatchObject({ revocation: null });
});

test("a token of the same user in another business answers 404", async () => {
  const api = await startApi();
  const second = "01941f29-7c00-7000-8000-0000000000b2";
  api.world.directory.grant(wellKnown.user.id, second, ["read", "write"]);
  const { info } = await api.created({ name: "ci" }, { ...bearer(wellKnown.secret), "x-business-id": second });

  expect(answerOf(await api.revoke(info.id))).toEqual(notFound);
});

test("a token is revoked by its id, and not by its jti", async () => {
  const { created, revoke } = await startApi();
  const { info } = await created();

  expect(answerOf(await revoke(info.jti))).toEqual(notFound);
});

test("a second revocation answers 400, and the first one stands", async () => {
  const api = await startApi();
  const { info } = await api.created();
  const first = await api.revoke(info.id, { reason: "first" });
  passTime(api, 60_000);

  const second = await api.revoke(
    info.id,
    { reason: "second" },
    { ...api.credentials, "x-user-email": "b@example.com" },
  );

  expect(answerOf(second)).toEqual(alreadyRevoked);
  const { items } = (await api.list("?include_revoked=true")).body;
  expect(items).toContainEqual(
    expect.objectContaining({ id: info.id, revoked_at: first.body.revoked_at, revocation_reason: "first" }),
  );
  expect(await storedToken(api, info.id)).toMatchObject({ revocation: { by: "dev@example.com", reason: "first" } });
});

test("of two revocations at once, one answers 201 and the other 400", async () => {
  const { created, revoke } = await startApi();
  const { info } = await created();

  const answers = await Promise.all([revoke(info.id, { reason: "one" }), revoke(info.id, { reason: "two" })]);

  expect(answers.map(({ status }) => status).sort()).toEqual([201, 400]);
});

test("an expired token can be revoked", async () => {
  const api = await startApi();
  const { info } = await api.created({ name: "short", expires_in_days: 1 });
  passTime(api, 2 * 86_400_000);

  expect((await api.revoke(info.id)).status).toBe(201);
});

test("a token may revoke itself, and is refused from then on", async () => {
  const { created, revoke, list } = await startApi();
  const { info, credentials } = await created();

  expect((await revoke(info.id, { reason: "done" }, credentials)).status).toBe(201);

  expect(answerOf(await list("", credentials))).toEqual(notAuthenticated);
  expect(answerOf(await revoke(info.id, undefined, credentials))).toEqual(notAuthenticated);
});

test("a reason that is no string answers 422, and the token stays", async () => {
  const api = await startApi();
  const { info } = await api.created();

  expect(answerOf(await api.revoke(info.id, { reason: 7 }))).toEqual(
    refusal(422, [{ type: "string_type", loc: ["body", "reason"], msg: "Input should be a valid string", input: 7 }]),
  );

  expect(await storedToken(api, info.id)).toMatchObject({ revocation: null });
});
