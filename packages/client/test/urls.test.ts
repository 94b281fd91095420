import { expect, test } from "vitest";
import { DayZero } from "../src/index.ts";
import { answer, record, startRawServer } from "./raw-server.ts";

const revoked = answer(201, { ...record, revoked_at: "2026-01-02T03:04:05Z" });

test.each([
  ["../../admin?x=1#", "..%2F..%2Fadmin%3Fx%3D1%23"],
  ["a/b", "a%2Fb"],
  ["a\\b", "a%5Cb"],
  ["%2e%2e", "%252e%252e"],
  ["é $& *", "%C3%A9%20%24%26%20*"],
  ["...", "..."],
])("the id %s stays one segment of the path", async (id, segment) => {
  await using server = await startRawServer(() => revoked);
  await new DayZero(server.options).tokens.revoke(id);
  expect(server.requests[0]?.line).toBe(`POST /api/v1/tokens/${segment}/revoke HTTP/1.1`);
});

test.each(["", ".", "..", "\ud800", undefined, { id: "x" }])(
  "the id %j is refused before anything is sent",
  async (id) => {
    await using server = await startRawServer(() => revoked);
    const error = await new DayZero(server.options).tokens.revoke(id as string).catch((thrown) => thrown);
    expect(error).toMatchObject({ name: "ConfigError", code: "config", attempts: 0, outcome: "not_sent" });
    expect(server.requests).toHaveLength(0);
  },
);

test.each(["", "/", "/prefix", "/prefix/", "/a/b//"])(
  "a base URL that ends with %j keeps its prefix",
  async (prefix) => {
    await using server = await startRawServer(() => revoked);
    await new DayZero({ ...server.options, baseUrl: server.baseUrl + prefix }).tokens.revoke("id");
    const path = prefix.replace(/\/+$/, "");
    expect(server.requests[0]?.line).toBe(`POST ${path}/api/v1/tokens/id/revoke HTTP/1.1`);
  },
);

test("a query is sent as given, without what is undefined", async () => {
  await using server = await startRawServer(() => answer(200, { items: [], has_next: false, has_prev: false }));
  await new DayZero(server.options).tokens.list({
    limit: 2,
    include_revoked: true,
    sort_by: "a b&c",
    cursor: undefined,
  });
  expect(server.requests[0]?.line).toBe("GET /api/v1/tokens?limit=2&include_revoked=true&sort_by=a+b%26c HTTP/1.1");
});

test("a create sends what it is given, as JSON", async () => {
  await using server = await startRawServer(() => answer(400));
  await new DayZero(server.options).tokens.create({ name: "é", expires_in_days: null }).result();
  expect(server.requests[0]).toMatchObject({
    line: "POST /api/v1/tokens HTTP/1.1",
    headers: { "content-type": "application/json", accept: "application/json" },
    body: Buffer.from('{"name":"é","expires_in_days":null}').toString("latin1"),
  });
});

test("a revoke without a reason sends no body", async () => {
  await using server = await startRawServer(() => revoked);
  await new DayZero(server.options).tokens.revoke("id");
  expect(server.requests[0]).toMatchObject({ body: "", headers: { "content-length": "0" } });
  expect(server.requests[0]?.headers).not.toHaveProperty("content-type");
});

test.each([301, 302, 303, 307, 308])("a %i to another origin is refused: nothing reaches it", async (status) => {
  await using other = await startRawServer(() => revoked);
  await using server = await startRawServer(() => answer(status, "", { location: `${other.baseUrl}/take` }));
  const error = await new DayZero(server.options).tokens.create({ name: "ci" }).catch((thrown) => thrown);
  expect(other.requests).toHaveLength(0);
  expect(server.requests).toHaveLength(1);
  expect(error).toMatchObject({ name: "ApiError", status, attempts: 1 });
  expect(error.message).toContain(`failed with ${status}: redirects are refused`);
});
