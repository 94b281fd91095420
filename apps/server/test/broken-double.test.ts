import { describe, expect, test } from "vitest";
import { MemoryTokenStore } from "../src/tokens/memory-token-store.ts";
import type { Token } from "../src/tokens/token.ts";
import type { Page } from "../src/tokens/token-page.ts";
import { wellKnown } from "../src/well-known.ts";
import { type Api, answerOf, startApi } from "./api.ts";

const internalServerError = {
  status: 500,
  headers: { "content-type": "text/plain; charset=utf-8" },
  text: "Internal Server Error",
};
const diskFull = new Error("disk full, at /var/lib/secret/place");

/** A double whose store is at fault, and what it reports. */
async function startBroken(tokens: MemoryTokenStore): Promise<Api & { reported: unknown[] }> {
  const reported: unknown[] = [];
  return { ...(await startApi({ tokens, report: (_, error) => reported.push(error) })), reported };
}

class ThrowsOnAdd extends MemoryTokenStore {
  override async add(token: Token, limit: number, at: number): Promise<boolean> {
    if (limit > 0) throw diskFull;
    return super.add(token, limit, at);
  }
}

class ThrowsOnFind extends MemoryTokenStore {
  override findByDigest(): never {
    throw diskFull;
  }
}

class RejectsFind extends MemoryTokenStore {
  override async findByDigest(): Promise<never> {
    throw diskFull;
  }
}

class ThrowsOnUpdate extends MemoryTokenStore {
  override update(): never {
    throw diskFull;
  }
}

class ThrowsOnPage extends MemoryTokenStore {
  override async page(): Promise<never> {
    throw diskFull;
  }
}

describe("an error inside answers 500 in plain text, is reported, and tells the client nothing", () => {
  test.each<[string, () => MemoryTokenStore, (api: Api) => ReturnType<Api["list"]>]>([
    ["adding a token throws", () => new ThrowsOnAdd(), (api) => api.create()],
    ["looking a secret up throws", () => new ThrowsOnFind(), (api) => api.list()],
    ["looking a secret up rejects", () => new RejectsFind(), (api) => api.create()],
    ["noting a use throws", () => new ThrowsOnUpdate(), (api) => api.revoke(wellKnown.token.id)],
    ["reading a page rejects", () => new ThrowsOnPage(), (api) => api.list()],
  ])("%s", async (_, createStore, call) => {
    const api = await startBroken(createStore());

    expect(answerOf(await call(api))).toEqual(internalServerError);

    expect(api.reported).toEqual([diskFull]);
    expect(answerOf(await api.request.get("/nothing"))).toMatchObject({ status: 404 });
  });
});

class Returns extends MemoryTokenStore {
  readonly #broken: object;

  constructor(broken: object) {
    super();
    this.#broken = broken;
  }

  override async page(): Promise<Page> {
    return { items: [Object.assign({}, await this.#any(), this.#broken)], next: undefined, prev: undefined };
  }

  async #any(): Promise<Token> {
    const [token] = await this.all();
    if (token === undefined) throw new Error("There is no token");
    return token;
  }
}

describe("a reply that breaks the contract never leaves: it answers 500, and is reported", () => {
  test.each<[string, object]>([
    ["an id that is a number", { id: 5 }],
    ["no jti", { jti: undefined }],
    ["a name that is an object", { name: {} }],
    ["a moment of creation that is none", { createdAt: Number.NaN }],
    ["a moment of creation in the year 10000", { createdAt: 253_402_300_800_000 }],
  ])("a record with %s", async (_, broken) => {
    const api = await startBroken(new Returns(broken));

    expect(answerOf(await api.list())).toEqual(internalServerError);

    expect(api.reported).toEqual([expect.any(Error)]);
  });
});

test("replies that break the contract are counted", async () => {
  const api = await startBroken(new Returns({ id: 5 }));

  await api.list();
  await api.list();

  expect(api.world.noticed.violations).toBe(2);
});

test.each([
  ["a 422 that would echo NaN", '{"name":NaN}'],
  ["a 422 that would echo an infinity", '{"name":"a","expires_in_days":1e400}'],
  ["a 422 that would echo a lone surrogate", '{"name":"a","description":["\\ud800"]}'],
  ["a 422 whose ignored fields would be echoed", '{"x":-Infinity}'],
])("%s answers 500, which is FastAPI's own and no fault to report", async (_, body) => {
  const api = await startBroken(new MemoryTokenStore());

  const answer = await api.request
    .post("/api/v1/tokens")
    .set(api.credentials)
    .set("content-type", "application/json")
    .send(body);

  expect(answerOf(answer)).toEqual(internalServerError);
  expect(api.reported).toEqual([]);
});
