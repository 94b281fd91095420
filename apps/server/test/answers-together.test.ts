import { afterEach, expect, test, vi } from "vitest";
import { startDouble } from "../src/index.ts";
import { headersOf, wellKnownCaller } from "./calls.ts";

const headers = headersOf(wellKnownCaller);
const limits = Array.from({ length: 60 }, (_, index) => index + 1);

afterEach(() => vi.useRealTimers());

test("of many requests that come at once each gets the answer to its own", async () => {
  await using double = await startDouble();

  const answers = limits.map(async (limit) => {
    const response = await fetch(`${double.url}/api/v1/tokens?limit=${limit}`, { headers });
    return response.json();
  });

  expect(await Promise.all(answers)).toMatchObject(limits.map((limit) => ({ limit })));
});

test("a client that leaves before its answer takes no other client's answer along", async () => {
  await using double = await startDouble();
  const url = `${double.url}/api/v1/tokens`;

  const answers = limits.map(async (limit) => {
    const leaving = new AbortController();
    const response = fetch(`${url}?limit=${limit}`, { headers, signal: leaving.signal });
    if (limit % 2 === 0) leaving.abort();
    return response.then(({ status }) => status, String);
  });

  const left = expect.stringContaining("AbortError");
  expect(await Promise.all(answers)).toEqual(limits.map((limit) => (limit % 2 === 0 ? left : 200)));
});

test("a double answers while the timers of a test are fake, with a socket and without", async () => {
  await using double = await startDouble();
  vi.useFakeTimers();

  for (const call of [fetch, double.fetch]) {
    expect(await call(`${double.url}/api/v1/tokens`, { headers })).toMatchObject({ status: 200 });
  }
});
