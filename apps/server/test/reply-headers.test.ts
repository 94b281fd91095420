import { describe, expect, test } from "vitest";
import manifest from "../package.json" with { type: "json" };
import { wellKnown } from "../src/world/well-known.ts";
import { type Api, startApi } from "./api.ts";

const calls: [string, number, (api: Api) => ReturnType<Api["list"]>][] = [
  ["create", 201, (api) => api.create()],
  ["list", 200, (api) => api.list()],
  ["revoke", 201, (api) => api.revoke(wellKnown.token.id)],
  ["a 400", 400, (api) => api.list("?sort_by=nothing")],
  ["a 401", 401, (api) => api.list("", {})],
  ["a 404", 404, (api) => api.request.get("/nothing")],
  ["a 405", 405, (api) => api.request.put("/api/v1/tokens")],
  ["a 422", 422, (api) => api.create({})],
];

describe("a reply is application/json without a charset, of the length that it says, with no etag", () => {
  test.each(calls)("%s", async (_, status, call) => {
    const answer = await call(await startApi());

    expect(answer.status).toBe(status);
    expect(answer.headers["content-type"]).toBe("application/json");
    expect(answer.headers["content-length"]).toBe(String(Buffer.byteLength(answer.text)));
    expect(answer.headers).not.toHaveProperty("etag");
    expect(answer.headers).not.toHaveProperty("x-powered-by");
  });
});

describe("a reply says that a double gave it", () => {
  test.each(calls)("%s", async (_, _status, call) => {
    const answer = await call(await startApi());

    expect(answer.headers["x-dayzero-double"]).toBe(manifest.version);
  });
});

test("a double told to keep quiet does not say that it is one", async () => {
  const api = await startApi({ marksReplies: false });

  for (const [, , call] of calls) expect((await call(api)).headers).not.toHaveProperty("x-dayzero-double");
});

test("a length is in bytes where a text is not ASCII", async () => {
  const { create } = await startApi();

  const answer = await create({ name: "🔑" });

  expect(answer.headers["content-length"]).toBe(String(Buffer.byteLength(answer.text)));
  expect(answer.body.token_info.name).toBe("🔑");
});
