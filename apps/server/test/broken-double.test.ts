import type { Fault, FaultEffect } from "@dayzero-tokens/contract/control";
import type { Test } from "supertest";
import { describe, expect, test } from "vitest";
import type * as z from "zod";
import { startDouble } from "../src/index.ts";
import { MemoryTokenStore } from "../src/state/memory/memory-token-store.ts";
import type { Token } from "../src/tokens/token.ts";
import type { Page } from "../src/tokens/token-page.ts";
import { wellKnown } from "../src/world/well-known.ts";
import type { World } from "../src/world/world.ts";
import { type Api, answerOf, startApi } from "./api.ts";
import { failureOf } from "./calls.ts";
import { sendRaw } from "./raw-http.ts";

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

/** Headers that node throws at; no schema lets them in. */
const unsendable = { trailer: "x" };

/** A body that goes round in a circle. */
const circle: Record<string, z.core.util.JSONType> = {};
circle["self"] = circle;

/** A fault as the schema would not let it in. */
const unsendableFault = (effect: Partial<FaultEffect> = {}, when: Fault["when"] = "before") => ({
  match: {},
  effect: { status: 503, headers: unsendable, ...effect },
  when,
  times: 1,
  skip: 0,
  probability: 1,
});

// What used to be: each of these ended the process.
describe("what breaks on the way out ends its own exchange with a 500, and is reported and counted", () => {
  test.each<[string, (api: Api) => void, (api: Api) => Test]>([
    [
      "the body of a fault after the operation",
      ({ world }) => world.faults.add(unsendableFault({ headers: {}, body: circle }, "after")),
      list,
    ],
    ["a header of a fault after the operation", ({ world }) => world.faults.add(unsendableFault({}, "after")), list],
    ["a header of a fault before the operation", ({ world }) => world.faults.add(unsendableFault()), list],
    [
      "a header of half an answer",
      ({ world }) => world.faults.add(unsendableFault({ connection: "truncate" }, "after")),
      list,
    ],
    ["the look for a leak", ({ world }) => breakFind(world), (api) => api.request.get("/nowhere?of=dz_abcdef.ghi")],
    [
      "the look for a leak before half an answer",
      ({ world }) => {
        world.faults.add({ ...unsendableFault({ connection: "truncate", headers: {} }) });
        breakFind(world);
      },
      (api) => api.request.get("/api/v1/tokens?of=dz_abcdef.ghi"),
    ],
    ["a reader of the journal", ({ world }) => breakReader(world), list],
  ])("%s", async (_, breakIt, call) => {
    const api = await startBroken(new MemoryTokenStore());
    breakIt(api);

    expect(answerOf(await call(api))).toEqual(internalServerError);

    expect(api.reported).toEqual([expect.any(Error)]);
    expect(api.world.noticed.violations).toBe(1);
  });
});

const list = (api: Api) => api.list();

const breakFind = ({ tokens }: World) => Object.assign(tokens, { findByDigest: () => Promise.reject(diskFull) });

function breakReader({ journal }: World): void {
  const stop = journal.listen(() => {
    stop();
    throw diskFull;
  });
}

test("an answer that cannot be sent keeps no other of the same turn from leaving", async () => {
  const reported: unknown[] = [];
  await using double = await startDouble({ report: (_, error) => reported.push(error) });
  double.world.faults.add(unsendableFault());
  const request = (connection: string) =>
    `GET /api/v1/tokens HTTP/1.1\r\nhost: localhost\r\nconnection: ${connection}\r\n\r\n`;

  const { status, body } = await sendRaw(double.url, Buffer.from(request("keep-alive") + request("close")));

  expect(status).toBe(500);
  expect(body.toString()).toMatch(/^Internal Server ErrorHTTP\/1\.1 401 Unauthorized\r\n/);
  expect(reported).toEqual([expect.objectContaining({ code: "ERR_HTTP_TRAILER_INVALID" })]);
});

test("in process too, what breaks on the way out ends its own exchange only", async () => {
  const reported: unknown[] = [];
  await using double = await startDouble({ report: (_, error) => reported.push(error) });
  for (const when of ["before", "after"] as const) {
    double.world.faults.add(unsendableFault({}, when));

    const response = await double.fetch(`${double.url}/api/v1/tokens`);

    expect([response.status, await response.text()]).toEqual([500, "Internal Server Error"]);
    expect(response.headers.get("x-dayzero-double")).not.toBeNull();
    expect((await double.fetch(`${double.url}/api/v1/tokens`)).status).toBe(401);
  }
  expect(double.info().contract_violations).toBe(2);
  expect(reported).toHaveLength(2);
});

test("an exchange that breaks when its client has left is reported, and ends nothing", async () => {
  const reported: unknown[] = [];
  await using double = await startDouble({ report: (_, error) => reported.push(error) });
  for (const fetch of [globalThis.fetch, double.fetch]) {
    double.faults.add({ effect: { latency: { fixed_ms: 600_000 } }, times: 1 });
    breakReader(double.world);
    const leaving = new AbortController();
    const request = failureOf(fetch(`${double.url}/api/v1/tokens`, { signal: leaving.signal }));
    await expect.poll(() => double.faults.list()).toEqual([]);

    leaving.abort();

    expect(await request).toMatchObject({ name: "AbortError" });
    await expect.poll(() => reported.splice(0)).toEqual([diskFull]);
    expect((await fetch(`${double.url}/api/v1/tokens`)).status).toBe(401);
  }
});
