import { expect, test } from "vitest";
import { startDouble, wellKnown } from "../src/index.ts";
import { type Credentials, callsOf, wellKnownCaller } from "./calls.ts";

test("requests over the limit answer 429 and say when to come back", async () => {
  await using double = await startDouble({ rateLimit: 1 });
  double.clock.freeze();
  const headers = { authorization: `Bearer ${wellKnown.secret}`, "x-business-id": wellKnown.businessId };
  const list = () => double.fetch(`${double.url}/api/v1/tokens`, { headers });
  expect((await list()).status).toBe(200);

  const refused = await list();

  expect(refused.status).toBe(429);
  expect(refused.headers.get("retry-after")).toBe("1");
});

const startLimited = async (rateLimit: number) => {
  const double = await startDouble({ rateLimit });
  double.clock.freeze("2030-01-01T00:00:00.250Z");
  return double;
};

test("a refusal over the limit is whole, and on record", async () => {
  await using double = await startLimited(1);
  const { list } = callsOf(double, wellKnownCaller);
  await list();

  const { status, headers, body } = await list();

  expect({ status, retryAfter: headers.get("retry-after"), body }).toEqual({
    status: 429,
    retryAfter: "1",
    body: { detail: "Too Many Requests" },
  });
  expect(double.journal.entries()).toMatchObject([
    { status: 200 },
    { status: 429, rule: "rate-limit.exceeded", operation: "listTokens" },
  ]);
});

test("a refused create creates nothing", async () => {
  await using double = await startLimited(1);
  const { create, listed } = callsOf(double, wellKnownCaller);
  await listed();
  expect(await create()).toMatchObject({ status: 429 });
  double.clock.advance({ seconds: 1 });
  expect(await listed()).toHaveLength(1);
});

test("who waits as long as Retry-After says, by the double's clock, is answered again", async () => {
  await using double = await startLimited(2);
  const { list } = callsOf(double, wellKnownCaller);
  const statuses = async (count: number) => {
    const answers = [];
    for (let n = 0; n < count; n++) answers.push((await list()).status);
    return answers;
  };
  expect(await statuses(4)).toEqual([200, 200, 429, 429]);
  double.clock.advance({ milliseconds: 749 });
  expect(await statuses(1)).toEqual([429]);
  double.clock.advance({ seconds: 1 });
  expect(await statuses(3)).toEqual([200, 200, 429]);
});

test("each token has a limit of its own, and so have requests without one", async () => {
  await using double = await startLimited(1);
  const sandbox = await double.sandbox();
  for (const caller of [wellKnownCaller, sandbox]) {
    expect(await callsOf(double, caller).list()).toMatchObject({ status: 200 });
    expect(await callsOf(double, caller).list()).toMatchObject({ status: 429 });
  }
  const anonymous = () => double.fetch(`${double.url}/api/v1/tokens`);
  expect([(await anonymous()).status, (await anonymous()).status]).toEqual([401, 429]);
});

test("without the option there is no limit", async () => {
  await using double = await startDouble();
  double.clock.freeze();
  const { list } = callsOf(double, wellKnownCaller);
  const answers = await Promise.all(Array.from({ length: 200 }, () => list()));
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
});

test("a reset forgets the requests that were counted: of all, or of the business's tokens", async () => {
  await using double = await startLimited(2);
  const [sandbox, other] = [await double.sandbox(), await double.sandbox()];
  const statuses = async (caller: Credentials) => {
    const { list } = callsOf(double, caller);
    return [(await list()).status, (await list()).status, (await list()).status];
  };
  const callers = [wellKnownCaller, sandbox, other];
  for (const caller of callers) expect(await statuses(caller)).toEqual([200, 200, 429]);

  await double.reset({ business_id: sandbox.businessId, keep: ["clock"] });
  expect(await statuses(sandbox)).toEqual([200, 200, 429]);
  expect(await statuses(other)).toEqual([429, 429, 429]);

  await double.reset({ keep: ["clock"] });
  expect(await statuses(wellKnownCaller)).toEqual([200, 200, 429]);
});

// What used to be: the ten thousand and first caller of a second gave everybody a new start.
test("however many others there are in a second, nobody is counted anew", async () => {
  await using double = await startLimited(1);
  const { list } = callsOf(double, wellKnownCaller);
  await list();
  const headers = (n: number) => ({ authorization: `Bearer other ${n}` });
  for (let n = 0; n < 10_001; n += 1) await double.fetch(`${double.url}/api/v1/tokens`, { headers: headers(n) });
  expect(await list()).toMatchObject({ status: 429 });
}, 30_000);
