import { connect } from "node:net";
import { expect, test } from "vitest";
import { wellKnown } from "../src/well-known.ts";
import { type RunningCommand, startCommand } from "./command.ts";

const headers = {
  authorization: `Bearer ${wellKnown.secret}`,
  "x-business-id": wellKnown.businessId,
  "content-type": "application/json",
};

const addFault = ({ url }: RunningCommand, effect: object) =>
  fetch(`${url}/_double/faults`, { method: "POST", headers, body: JSON.stringify({ effect }) });

const list = ({ url }: RunningCommand) => fetch(`${url}/api/v1/tokens`, { headers });

/** Resolves once the double has seen that many requests that the faults are for. */
const seen = (double: RunningCommand, requests: number) =>
  expect
    .poll(async () => (await fetch(`${double.url}/_double/faults`)).json(), { interval: 10 })
    .toMatchObject({ faults: [{ seen: requests }] });

test.each(["SIGINT", "SIGTERM"] as const)(
  "%s lets the request under way be answered, and ends with 0",
  async (signal) => {
    await using double = await startCommand();
    await addFault(double, { latency: { fixed_ms: 700 } });
    const underWay = list(double);
    await seen(double, 1);

    double.kill(signal);

    expect((await underWay).status).toBe(200);
    expect(await double.ended).toMatchObject({ code: 0, stderr: "" });
    expect(await double.record("stopped")).toEqual({ event: "stopped" });
  },
);

test("a hanging request does not keep the double from ending", async () => {
  await using double = await startCommand();
  await addFault(double, { connection: "hang" });
  const hanging = list(double).catch((error) => error);
  await seen(double, 1);

  double.kill("SIGTERM");

  expect(await double.ended).toMatchObject({ code: 0, stderr: "" });
  expect(await hanging).toBeInstanceOf(Error);
});

test("a second signal ends it at once, with 1", async () => {
  await using double = await startCommand();
  // A request that never ends: its body does not come.
  const socket = connect(Number(new URL(double.url).port), "127.0.0.1").on("error", () => {});
  socket.write("POST /api/v1/tokens HTTP/1.1\r\nhost: localhost\r\ncontent-length: 10\r\n\r\n{");
  await fetch(`${double.url}/_double/ready`);
  double.kill("SIGINT");
  await expect.poll(() => fetch(`${double.url}/_double/ready`).catch(() => "closed"), { interval: 10 }).toBe("closed");

  double.kill("SIGINT");

  expect(await double.ended).toMatchObject({ code: 1, stderr: "" });
  socket.destroy();
});
