import { expect, test } from "vitest";
import { ExpectationError, startDouble } from "../src/index.ts";
import { callsOf } from "./calls.ts";

const messageOf = async (expectation: Promise<unknown>) => {
  const error: unknown = await expectation.catch((error: unknown) => error);
  if (!(error instanceof ExpectationError)) throw error;
  return error.message;
};

test("the message names the nearest requests of the sandbox, the nearest first, and what differs in each", async () => {
  await using double = await startDouble();
  await using sandbox = await double.sandbox();
  await double.fetch(`${double.url}/nowhere`);
  await callsOf(double, sandbox).list();
  await callsOf(double, sandbox).create({ name: "" });

  expect(await messageOf(sandbox.expect({ match: { operation: "createToken", status: 201 } }))).toBe(
    [
      "0 requests match, at least 1 were expected",
      "  near: #3 POST /api/v1/tokens 422: status is 422, not 201",
      '  near: #2 GET /api/v1/tokens 200: operation is "listTokens", not "createToken", status is 200, not 201',
      `  near: #1 GET /nowhere 404: operation is null, not "createToken", business_id is null, not "${sandbox.businessId}", status is 404, not 201`,
    ].join("\n"),
  );
});

// What used to be: the requests of other sandboxes were listed as the nearest.
test("the message names no request of another sandbox, and those of no business", async () => {
  await using double = await startDouble();
  const [sandbox, other] = [await double.sandbox(), await double.sandbox()];
  await callsOf(double, other).create();
  await double.fetch(`${double.url}/api/v1/tokens`, { method: "POST" });

  expect(await messageOf(sandbox.expect({ match: { status: 201 } }))).toBe(
    `0 requests match, at least 1 were expected\n  near: #2 POST /api/v1/tokens 401: business_id is null, not ${JSON.stringify(sandbox.businessId)}, status is 401, not 201`,
  );
});

test("of a request without an answer the message says so", async () => {
  await using double = await startDouble();
  await using sandbox = await double.sandbox();
  sandbox.faults.add({ effect: { connection: "reset" } });
  await callsOf(double, sandbox)
    .list()
    .catch(() => {});

  expect(await messageOf(sandbox.expect({ match: { status: 200 } }))).toBe(
    "0 requests match, at least 1 were expected\n  near: #1 GET /api/v1/tokens (no answer): status is null, not 200",
  );
});

test("where there were too many the message lists those that matched", async () => {
  await using double = await startDouble();
  await using sandbox = await double.sandbox();
  await callsOf(double, sandbox).list();

  expect(await messageOf(sandbox.expect({ match: { operation: "listTokens" }, count: { max: 0 } }))).toBe(
    "1 requests match, at most 0 were expected\n  near: #1 GET /api/v1/tokens 200: matches",
  );
});

test("where nothing happened the message says only that", async () => {
  await using double = await startDouble();
  await using sandbox = await double.sandbox();
  expect(await messageOf(sandbox.expect({}))).toBe("0 requests match, at least 1 were expected");
});

test("no secret is in the message", async () => {
  await using double = await startDouble();
  await using sandbox = await double.sandbox();
  await callsOf(double, sandbox).list(`?sort_by=${sandbox.token}`);
  await callsOf(double, sandbox).revoke(sandbox.token);

  const message = await messageOf(sandbox.expect({ match: { status: 201 }, count: { min: 9 } }));

  expect(message).toContain("#2 POST /api/v1/tokens/dz_eyJ.../revoke 404");
  expect(message).not.toContain(sandbox.token);
});
