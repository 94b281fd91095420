import { mock } from "node:test";
import { afterEach, expect, test, vi } from "vitest";
import { startDouble } from "../src/index.ts";
import { headersOf, wellKnownCaller } from "./calls.ts";

afterEach(() => {
  vi.useRealTimers();
  mock.timers.reset();
});

test.each([
  ["vitest", () => void vi.useFakeTimers()],
  ["node:test", () => mock.timers.enable({ apis: ["setTimeout", "setInterval", "setImmediate"] })],
])("latencies and waits are real time while the timers of a test are fake (%s)", async (_, useFakeTimers) => {
  await using double = await startDouble();
  useFakeTimers();

  for (const call of [fetch, double.fetch]) {
    double.faults.add({ effect: { latency: { fixed_ms: 5 } }, times: 1 });
    expect(await call(`${double.url}/api/v1/tokens`, { headers: headersOf(wellKnownCaller) })).toMatchObject({
      status: 200,
    });
  }
  await expect(double.expect({ match: { operation: "createToken" }, within_ms: 5 })).rejects.toThrow(
    "0 requests match",
  );
});
