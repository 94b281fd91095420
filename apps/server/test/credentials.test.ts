import { expect, test } from "vitest";
import { day } from "../src/tokens/instant.ts";
import { createSigningKey, mintSecret } from "../src/tokens/secret.ts";
import { wellKnown } from "../src/world/well-known.ts";
import { answerOf, bearer, noon, notAuthenticated, passTime, startApi } from "./api.ts";

const { secret, businessId, token } = wellKnown;
const unsigned = `dz_${Buffer.from('{"alg":"none"}').toString("base64url")}.${secret.split(".")[1]}.`;
const ofAnotherKey = mintSecret(token, createSigningKey("somebody else's"));
const notOnRecord = mintSecret({ ...token, jti: "01941f29-7c00-7000-8000-0000000000ff" }, createSigningKey());

test.each<[string, Record<string, string>]>([
  ["absent", {}],
  ["empty", { authorization: "" }],
  ["a scheme alone", { authorization: "Bearer" }],
  ["of another scheme", { authorization: "Basic ZHo6eA==" }],
  ["without a scheme", { authorization: secret }],
  ["with a colon behind the scheme", { authorization: `Bearer: ${secret}` }],
  ["in another header", { "x-authorization": `Bearer ${secret}` }],
  ["in a cookie", { cookie: `authorization=Bearer ${secret}` }],
  ["the placeholder of upstream's page", bearer("dz_your_token")],
  ["malformed", bearer("dz_a.b.c")],
  ["a JWS without dz_", bearer(secret.slice("dz_".length))],
  ["in quotes", bearer(`"${secret}"`)],
  ["with something behind", bearer(`${secret} x`)],
  ["a letter too long", bearer(`${secret}x`)],
  ["a letter too short", bearer(secret.slice(0, -1))],
  ["unsigned", bearer(unsigned)],
  ["signed with another key", bearer(ofAnotherKey)],
  ["signed but not on record", bearer(notOnRecord)],
])("credentials that are %s answer 401", async (_, headers) => {
  const { request } = await startApi();

  const answer = await request.get("/api/v1/tokens").set({ "x-business-id": businessId, ...headers });

  expect(answerOf(answer)).toEqual(notAuthenticated);
});

test.each(["Bearer", "bearer", "BEARER"])("the scheme may be spelled %s", async (scheme) => {
  const { list, credentials } = await startApi();

  expect((await list("", { ...credentials, authorization: `${scheme} ${secret}` })).status).toBe(200);
});

test("the token that create answers with authenticates the very next request", async () => {
  const { created, list } = await startApi();
  const { credentials } = await created();

  expect((await list("", credentials)).status).toBe(200);
});

test("an expired token no longer opens anything, from the very instant of its expiry on", async () => {
  const api = await startApi();
  const { credentials } = await api.created({ name: "short", expires_in_days: 1 });

  passTime(api, day - 1);
  expect((await api.list("", credentials)).status).toBe(200);
  passTime(api, 1);

  expect(answerOf(await api.list("", credentials))).toEqual(notAuthenticated);
  expect(answerOf(await api.create({ name: "ci" }, credentials))).toEqual(notAuthenticated);
});

test("a revoked token is refused from the very next request on", async () => {
  const { created, revoke, list } = await startApi();
  const { credentials, info } = await created();

  await revoke(info.id);

  expect(answerOf(await list("", credentials))).toEqual(notAuthenticated);
});

test("a token whose user is gone answers 401", async () => {
  const { world, addUser, list } = await startApi();
  const businessId = "01941f29-7c00-7000-8000-0000000000b1";
  const { credentials } = await addUser({ businessId });

  world.directory.removeBusiness(businessId);

  expect(answerOf(await list("", credentials))).toEqual(notAuthenticated);
});

test("whatever is wrong with the credentials, the answer tells no difference", async () => {
  const api = await startApi();
  const revoked = await api.created();
  await api.revoke(revoked.info.id);
  const expired = await api.created({ name: "short", expires_in_days: 1 });
  passTime(api, day);

  const answers = await Promise.all(
    [ofAnotherKey, notOnRecord, revoked.secret, expired.secret].map(async (secret) =>
      answerOf(await api.list("", { ...api.credentials, ...bearer(secret) })),
    ),
  );

  expect(answers).toEqual(answers.map(() => notAuthenticated));
});

test("the well-known token never expires", async () => {
  const api = await startApi();

  api.world.clock.own().set(noon + 10_000 * day);

  expect((await api.list()).status).toBe(200);
});
