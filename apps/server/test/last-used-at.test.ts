import { expect, test } from "vitest";
import { formatInstant } from "../src/tokens/instant.ts";
import { noon, passTime, startApi, storedToken } from "./api.ts";

test("a token that was never used has no last_used_at", async () => {
  const { created, list } = await startApi();
  const { info } = await created();

  expect((await list()).body.items).toContainEqual(expect.objectContaining({ id: info.id, last_used_at: null }));
});

test("a list already shows the use that it is itself", async () => {
  const api = await startApi();
  const { info, credentials } = await api.created();
  passTime(api, 5_000);

  expect((await api.list("", credentials)).body.items).toContainEqual(
    expect.objectContaining({ id: info.id, last_used_at: formatInstant(noon + 5_000) }),
  );
});

test("last_used_at moves on every authenticated request, whatever it is answered", async () => {
  const api = await startApi();
  const { info, credentials } = await api.created();
  const requests = [
    () => api.list("", credentials),
    () => api.create({ name: "another" }, credentials),
    () => api.create({ name: 1 }, credentials),
    () => api.revoke("nobody's", undefined, credentials),
    () => api.list("", { ...credentials, "x-business-id": "nope" }),
    () => api.list("", { ...credentials, "x-business-id": "11111111-1111-4111-8111-111111111111" }),
  ];

  for (const request of requests) {
    passTime(api, 1_000);
    await request();
    expect(await storedToken(api, info.id)).toMatchObject({ lastUsedAt: api.world.clock.now() });
  }
});

test("a request that gets no further than its body or its credentials is no use of the token", async () => {
  const api = await startApi();
  const { info, credentials } = await api.created({ name: "short", expires_in_days: 1 });
  const used = async () => (await storedToken(api, info.id))?.lastUsedAt;

  await api.request.post("/api/v1/tokens").set(credentials).set("content-type", "application/json").send("?");
  await api.request.get("/api/v1/nothing").set(credentials);
  await api.request.put("/api/v1/tokens").set(credentials);
  expect(await used()).toBeNull();

  passTime(api, 86_400_000);
  await api.list("", credentials);
  expect(await used()).toBeNull();
});
