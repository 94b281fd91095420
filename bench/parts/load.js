import { double, usualExpress, yardstick } from "../candidates/own.js";
import { availablePeers } from "../candidates/peers.js";
import { putUnderLoad } from "../measure/load.js";
import { cores } from "../measure/machine.js";
import { alternate } from "../measure/rounds.js";
import { send } from "../measure/send.js";
import { startServer } from "../measure/server-process.js";
import { medianRatio, rowsOf, target } from "./part.js";

/** @typedef {import("../candidates/candidate.js").Candidate} Candidate */
/** @typedef {Awaited<ReturnType<typeof startServer>>} Server */

const connections = 32;
const rounds = 11;
const seconds = { warmUp: 4, round: 2 };
const peerRounds = 2;

/** Creating under load. @returns {Promise<import("./part.js").PartResult>} */
export const create = () => underLoad("create", 0.8);

/** Listing 50 under load. @returns {Promise<import("./part.js").PartResult>} */
export const list = () => underLoad("list", 0.6);

/** @param {"create" | "list"} operation @param {number} share of the yardstick's throughput that is aimed at */
async function underLoad(operation, share) {
  const { peers, remarks } = await availablePeers();
  const able = [double, yardstick, usualExpress, ...peers.map((peer) => ({ ...peer, rounds: peerRounds }))].filter(
    (candidate) => candidate[operation] !== undefined,
  );
  /** @type {Map<string, Server>} */
  const servers = new Map();
  try {
    for (const candidate of able) servers.set(candidate.name, await warmServer(candidate, operation));
    const measured = await alternate(able, rounds, (candidate) => load(candidate, servers, operation, seconds.round));
    return reportOf(measured, operation, share, remarks);
  } finally {
    for (const server of servers.values()) await server.stop();
  }
}

/** @param {Candidate} candidate @param {"create" | "list"} operation */
async function warmServer(candidate, operation) {
  const server = await startServer(candidate, { core: cores.server });
  if (operation === "list")
    for (let count = 0; count < 60; count += 1) await send(server.url, candidate.create(server));
  await load(candidate, new Map([[candidate.name, server]]), operation, seconds.warmUp);
  return server;
}

/**
 * @param {Candidate} candidate @param {ReadonlyMap<string, Server>} servers
 * @param {"create" | "list"} operation @param {number} duration
 */
async function load(candidate, servers, operation, duration) {
  const server = servers.get(candidate.name);
  const call = server && candidate[operation]?.(server);
  if (server === undefined || call === undefined) throw new Error(`${candidate.name} cannot ${operation}`);
  const result = await putUnderLoad(server, call, { seconds: duration, connections });
  if (result.unexpected > result.perSecond * duration * 0.01) {
    throw new Error(`${candidate.name} gave ${result.unexpected} unexpected answers to ${operation}`);
  }
  return result;
}

/**
 * @param {ReadonlyMap<string, readonly import("../measure/load.js").LoadResult[]>} measured
 * @param {"create" | "list"} operation @param {number} share @param {readonly string[]} remarks
 */
function reportOf(measured, operation, share, remarks) {
  const of = (/** @type {"perSecond" | "p99" | "microseconds"} */ key) =>
    new Map([...measured].map(([name, results]) => [name, results.map((result) => result[key])]));
  const reference = yardstick.name;
  const rows = [
    ...rowsOf(of("perSecond"), { what: "throughput", unit: "/s", reference }),
    ...rowsOf(of("p99"), { what: "p99", unit: "ms", reference }),
    ...rowsOf(of("microseconds"), { what: "processor", unit: "µs/answer", reference }),
  ];
  return {
    title: operation === "create" ? `Create, ${connections} connections` : `List of 50, ${connections} connections`,
    rows,
    targets: [
      target(
        `≥ ${share} × the throughput of node:http by hand`,
        medianRatio(rows, double.name, "throughput"),
        (ratio) => ratio >= share,
      ),
      target("p99 ≤ 1.5 × that of node:http by hand", medianRatio(rows, double.name, "p99"), (ratio) => ratio <= 1.5),
    ],
    remarks,
  };
}
