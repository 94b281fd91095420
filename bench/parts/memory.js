import { double } from "../candidates/own.js";
import { putUnderLoad } from "../measure/load.js";
import { cores } from "../measure/machine.js";
import { residentMegabytes } from "../measure/process-usage.js";
import { startServer } from "../measure/server-process.js";
import { summaryOf } from "../measure/summary.js";
import { target } from "./part.js";

const step = 100_000;

/** Memory at rest and under load, the journal as it is by default. @returns {Promise<import("./part.js").PartResult>} */
export async function memory() {
  const server = await startServer(double, { core: cores.server, arguments: ["--max-active-tokens", "10"] });
  try {
    await new Promise((resolve) => setTimeout(resolve, 1000));
    const idle = residentMegabytes(server.pid);
    const after = [];
    for (let requests = 0; requests < 10 * step; requests += step) {
      // Neither leaves anything behind: the limit is reached after a moment, and listing changes nothing.
      for (const call of [{ ...double.create(server), expect: 400 }, double.list?.(server)]) {
        if (call) await putUnderLoad(server, call, { amount: step / 2 });
      }
      after.push(residentMegabytes(server.pid));
    }
    const [first = Number.NaN, second = Number.NaN] = after;
    const growth = Math.max(...after.slice(-3)) / second;
    const row = (/** @type {string} */ what, /** @type {number[]} */ values) => ({
      candidate: double.name,
      what,
      unit: "MB",
      value: summaryOf(values),
    });
    return {
      title: "Resident memory",
      rows: [row("idle", [idle]), row("after 100,000", [first]), row("up to 1,000,000", after.slice(1))],
      targets: [
        target("idle ≤ 75 MB", idle, (megabytes) => megabytes <= 75),
        target("≤ 120 MB after 100,000 requests", first, (megabytes) => megabytes <= 120),
        target("no growth to 1,000,000 (the last 300,000 ≤ 1.1 × after 200,000)", growth, (ratio) => ratio <= 1.1),
      ],
    };
  } finally {
    await server.stop();
  }
}
