import { expect, test } from "vitest";
import { startDouble } from "../src/index.ts";
import { callsOf, failureOf, headersOf, wellKnownCaller } from "./calls.ts";

test("two doubles in one process share nothing", async () => {
  await using first = await startDouble({ maxActiveTokens: 3 });
  await using second = await startDouble();
  const untouched = await second.snapshot();

  const sandbox = await first.sandbox();
  const { created } = callsOf(first, wellKnownCaller);
  const { token, token_info } = await created({ name: "of the first" });
  first.faults.add({ match: { operation: "revokeToken" }, effect: { status: 500 } });
  first.clock.freeze("2040-01-01T00:00:00Z");
  await first.seed({ users: [{ email: "ana@example.com" }] });

  expect(first.url).not.toBe(second.url);
  expect(await second.snapshot()).toEqual(untouched);
  expect(second.journal.entries()).toEqual([]);
  expect(second.faults.list()).toEqual([]);
  expect(second.clock.now().getFullYear()).not.toBe(2040);
  expect(second.info()).toMatchObject({ limits: { max_active_tokens: 10 }, clock: { mode: "real" } });
  // Both go by the published key, so the second one knows that a double signed it, and that it was another.
  for (const caller of [sandbox, { ...wellKnownCaller, token }]) {
    expect(await callsOf(second, caller).list()).toMatchObject({ status: 401 });
  }
  expect(second.journal.entries().map(({ rule }) => rule)).toEqual(["credentials.unknown", "credentials.unknown"]);

  await second.reset({ to: "empty" });
  expect(await callsOf(first, wellKnownCaller).listed()).toMatchObject([{ id: token_info.id }, { name: "well-known" }]);
});

test("one double can be closed while another goes on", async () => {
  const first = await startDouble();
  await using second = await startDouble();
  await first.close();
  expect(await failureOf(fetch(`${first.url}/_double/health`))).toMatchObject({ code: "ECONNREFUSED" });
  expect((await fetch(`${second.url}/_double/health`)).status).toBe(200);
});

test("a double can be closed as often as one likes, and at the end of its scope too", async () => {
  await using double = await startDouble();
  expect(await Promise.all([double.close(), double.close()])).toEqual([undefined, undefined]);
  await double.close();
  expect(await failureOf(fetch(`${double.url}/_double/health`))).toMatchObject({ code: "ECONNREFUSED" });
});

test("closing answers the request that is under way, and takes no other", async () => {
  const double = await startDouble();
  double.faults.add({ effect: { latency: { fixed_ms: 600_000 } }, when: "after", times: 1 });
  const request = fetch(`${double.url}/api/v1/tokens`, { headers: headersOf(wellKnownCaller) });
  await expect.poll(() => double.faults.list()).toEqual([]);
  let isClosed = false;

  const closing = double.close().then(() => {
    isClosed = true;
  });

  const response = await request;
  expect({ status: response.status, isClosed }).toEqual({ status: 200, isClosed: false });
  expect(await response.json()).toMatchObject({ items: [{ name: "well-known" }] });
  await closing;
  expect(await failureOf(fetch(`${double.url}/_double/health`))).toMatchObject({ code: "ECONNREFUSED" });
});

test("a double that is closed can still be looked at", async () => {
  const double = await startDouble();
  await callsOf(double, wellKnownCaller).create();
  await double.close();
  expect(double.journal.entries()).toMatchObject([{ operation: "createToken", status: 201 }]);
  expect((await double.snapshot()).tokens).toHaveLength(2);
});

test("a port that is taken is an error that says so", async () => {
  await using double = await startDouble();
  await expect(startDouble({ port: double.port })).rejects.toMatchObject({ code: "EADDRINUSE" });
});
