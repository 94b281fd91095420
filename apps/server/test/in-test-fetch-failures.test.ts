import type { ConnectionFault } from "@dayzero-tokens/contract/control";
import { expect, test } from "vitest";
import { type Double, startDouble } from "../src/index.ts";
import { headersOf, wellKnownCaller } from "./calls.ts";

const headers = headersOf(wellKnownCaller);
const list = (send: typeof fetch, { url }: Double, init: RequestInit = {}) =>
  send(`${url}/api/v1/tokens`, { headers, ...init });

/** Why something failed, as a program can see it. */
async function failure(promise: Promise<unknown>) {
  const error: unknown = await promise.then(
    (answer) => new Error(`An answer came: ${JSON.stringify(answer)}`),
    (error: unknown) => error,
  );
  if (!(error instanceof Error)) throw error;
  const { cause } = error;
  return {
    isTypeError: error instanceof TypeError,
    name: error.name,
    message: error.message,
    cause: cause instanceof Error && { message: cause.message, code: Object(cause).code },
  };
}

test.each<ConnectionFault>(["reset", "empty"])(
  "a connection that ends by %s fails the same in process as over a socket",
  async (connection) => {
    await using double = await startDouble();
    double.faults.add({ effect: { connection } });

    const inProcess = await failure(list(double.fetch, double));

    expect(inProcess).toEqual(await failure(list(fetch, double)));
    expect(inProcess).toMatchObject({ isTypeError: true, name: "TypeError", message: "fetch failed" });
  },
);

test("garbage fails in process as it does over a socket", async () => {
  await using double = await startDouble();
  double.faults.add({ effect: { connection: "garbage" } });
  const [inProcess, overSocket] = [await failure(list(double.fetch, double)), await failure(list(fetch, double))];

  for (const failed of [inProcess, overSocket]) {
    expect(failed).toMatchObject({ isTypeError: true, message: "fetch failed" });
    expect(failed.cause).toMatchObject({
      message: expect.stringMatching(/^Response does not match the HTTP\/1.1 protocol/),
    });
  }
  // Not every Node has a code for it.
  expect([undefined, Object(inProcess.cause).code]).toContain(Object(overSocket.cause).code);
});

test("a body that is cut fails its reader the same in process as over a socket", async () => {
  await using double = await startDouble();
  double.faults.add({ effect: { connection: "truncate" } });
  const [inProcess, overSocket] = [await list(double.fetch, double), await list(fetch, double)];

  expect([inProcess.status, inProcess.ok]).toEqual([overSocket.status, overSocket.ok]);
  const why = await failure(inProcess.json());
  expect(why).toEqual(await failure(overSocket.json()));
  expect(why).toMatchObject({ isTypeError: true, message: "terminated" });
});

test("a hang fails the same in process as over a socket when the double stops", async () => {
  const double = await startDouble();
  double.faults.add({ effect: { connection: "hang" }, times: 2 });
  const both = [failure(list(double.fetch, double)), failure(list(fetch, double))];
  await expect.poll(() => double.faults.list()).toEqual([]);

  await double.close();

  const [inProcess, overSocket] = await Promise.all(both);
  expect(inProcess).toEqual(overSocket);
});

// What used to be: in process a closed double went on answering.
test("a double that is closed refuses the connection, in process as over a socket", async () => {
  const double = await startDouble();
  await double.close();

  const inProcess = await failure(list(double.fetch, double));

  expect(inProcess).toEqual(await failure(list(fetch, double)));
  expect(inProcess).toMatchObject({ message: "fetch failed", cause: { code: "ECONNREFUSED" } });
  expect(double.journal.entries()).toEqual([]);
});

test("who has left before sending sends nothing, and is told its own reason", async () => {
  await using double = await startDouble();
  const reason = new Error("changed my mind");
  for (const send of [fetch, double.fetch]) {
    await expect(list(send, double, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
    await expect(list(send, double, { signal: AbortSignal.abort() })).rejects.toMatchObject({ name: "AbortError" });
    const request = new Request(`${double.url}/api/v1/tokens`, { headers, signal: AbortSignal.abort() });
    await expect(send(request)).rejects.toMatchObject({ name: "AbortError" });
  }
  expect(double.journal.entries()).toEqual([]);
});

test("who leaves before the answer is told its own reason, and the double sees that it has left", async () => {
  await using double = await startDouble();
  for (const send of [fetch, double.fetch]) {
    double.faults.add({ effect: { connection: "hang" }, times: 1 });
    const leaving = new AbortController();
    const outcome = failure(list(send, double, { signal: leaving.signal }));
    await expect.poll(() => double.faults.list()).toEqual([]);

    leaving.abort(new Error("enough"));

    expect(await outcome).toMatchObject({ name: "Error", message: "enough" });
  }
  expect(double.journal.entries()).toMatchObject([{ status: null }, { status: null }]);
});

test("who leaves in the middle of the body is told so where it reads", async () => {
  await using double = await startDouble();
  for (const send of [fetch, double.fetch]) {
    const leaving = new AbortController();
    const response = await send(`${double.url}/_double/journal/stream`, { signal: leaving.signal });
    expect(response.status).toBe(200);

    leaving.abort();

    await expect(response.text()).rejects.toMatchObject({ name: "AbortError" });
  }
  // Nobody listens any more, so the exchange goes nowhere and hurts nobody.
  expect((await list(double.fetch, double)).status).toBe(200);
});

test("leaving after the answer is there changes nothing", async () => {
  await using double = await startDouble();
  const leaving = new AbortController();
  const response = await list(double.fetch, double, { signal: leaving.signal });
  expect(await response.json()).toMatchObject({ items: [{ name: "well-known" }] });
  leaving.abort();
  expect(double.journal.entries()).toMatchObject([{ status: 200 }]);
});
