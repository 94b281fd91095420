import { double, oneReply, usualExpress } from "../candidates/own.js";
import { availablePeers } from "../candidates/peers.js";
import { alternate } from "../measure/rounds.js";
import { send } from "../measure/send.js";
import { startServer } from "../measure/server-process.js";
import { medianRatio, rowsOf, target } from "./part.js";

/** From the start of the process to the first 201. @returns {Promise<import("./part.js").PartResult>} */
export async function start() {
  const { peers, remarks } = await availablePeers();
  const candidates = [double, oneReply, usualExpress, ...peers.map((peer) => ({ ...peer, rounds: 5 }))];
  const measured = await alternate(candidates, 15, millisecondsToFirstAnswer);
  const what = "start";
  const rows = rowsOf(measured, { what, unit: "ms", reference: oneReply.name });
  const fastestPeer = Math.min(...peers.map(({ name }) => medianRatio(rows, name, what) ?? Number.POSITIVE_INFINITY));
  const ours = medianRatio(rows, double.name, what);
  return {
    title: "Process start to first 201",
    rows,
    targets: [
      target("≤ 1.6 × a bare node:http server", ours, (ratio) => ratio <= 1.6),
      target("faster than every peer (× the fastest)", ours && ours / fastestPeer, (ratio) => ratio < 1),
    ],
    remarks,
  };
}

/** @param {import("../candidates/candidate.js").Candidate} candidate */
async function millisecondsToFirstAnswer(candidate) {
  const started = performance.now();
  const server = await startServer(candidate);
  try {
    if (candidate.announces) {
      const call = candidate.create(server);
      const status = await send(server.url, call);
      if (status !== call.expect) throw new Error(`${candidate.name} answered ${status}`);
    }
    return performance.now() - started;
  } finally {
    await server.stop();
  }
}
