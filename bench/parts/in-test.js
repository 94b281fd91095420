import { startDouble } from "@dayzero-tokens/server";
import { summaryOf } from "../measure/summary.js";
import { withDouble } from "../measure/with-double.js";
import { target } from "./part.js";

/** What a test waits for in a process that has started a double before. @returns {Promise<import("./part.js").PartResult>} */
export async function inTest() {
  for (let warmUp = 0; warmUp < 5; warmUp += 1) await (await startDouble()).close();
  const starts = [];
  for (let round = 0; round < 50; round += 1) {
    const started = performance.now();
    const double = await startDouble();
    starts.push(performance.now() - started);
    await double.close();
  }
  /** @type {number[]} */
  const sandboxes = [];
  await withDouble({}, async (double) => {
    for (let round = 0; round < 200; round += 1) {
      const started = performance.now();
      await double.sandbox();
      sandboxes.push(performance.now() - started);
    }
  });
  const [start, sandbox] = [summaryOf(starts), summaryOf(sandboxes)];
  return {
    title: "In a warm test process",
    rows: [
      { candidate: "dayzero-double", what: "startDouble()", unit: "ms", value: start },
      { candidate: "dayzero-double", what: "sandbox()", unit: "ms", value: sandbox },
    ],
    targets: [
      target("startDouble() ≤ 10 ms median", start.median, (ms) => ms <= 10),
      target("sandbox() ≤ 1 ms median", sandbox.median, (ms) => ms <= 1),
    ],
  };
}
