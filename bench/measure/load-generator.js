// The process that sends the load: takes the job as JSON in its first argument, prints what came back as JSON.
import autocannon from "autocannon";
import { percentileOf } from "./summary.js";

const { url, call, connections, seconds, amount } = JSON.parse(process.argv[2] ?? "{}");

/** @type {number[]} */
const times = [];
let unexpected = 0;
const started = performance.now();
const { errors } = await autocannon({
  url: `${url}${call.path}`,
  method: call.method,
  headers: call.headers,
  ...(call.body !== undefined && { body: call.body }),
  connections,
  ...(amount === undefined ? { duration: seconds } : { amount }),
  setupClient: (client) =>
    client.on("response", (status, _bytes, time) => {
      if (status === call.expect) times.push(time);
      else unexpected += 1;
    }),
});
process.stdout.write(
  JSON.stringify({
    expected: times.length,
    unexpected: unexpected + errors,
    seconds: amount === undefined ? seconds : (performance.now() - started) / 1000,
    p99: percentileOf(times, 0.99),
  }),
);
