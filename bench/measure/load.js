import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { cores, onCore } from "./machine.js";
import { processorSeconds } from "./process-usage.js";

const generator = fileURLToPath(new URL("load-generator.js", import.meta.url));
const run = promisify(execFile);

/**
 * @typedef {object} LoadResult
 * @property {number} perSecond expected answers
 * @property {number} p99 milliseconds
 * @property {number} microseconds processor time of the server for one answer
 * @property {number} unexpected answers with another status, and connections that broke
 */

/**
 * Puts a running server under load from a process of its own.
 * @param {{ url: string, pid: number }} server @param {import("../candidates/candidate.js").Call} call
 * @param {{ seconds?: number, amount?: number, connections?: number }} options how long, or how many requests
 * @returns {Promise<LoadResult>}
 */
export async function putUnderLoad({ url, pid }, call, options) {
  const job = JSON.stringify({ url, call, connections: 32, ...options });
  const [file, ...args] = onCore(cores.load, [process.execPath, generator, job]);
  const before = processorSeconds(pid);
  const { stdout } = await run(file, args, { maxBuffer: 2 ** 20 });
  const used = processorSeconds(pid) - before;
  const { expected, unexpected, seconds, p99 } = JSON.parse(stdout);
  return { perSecond: expected / seconds, p99, microseconds: (used / expected) * 1e6, unexpected };
}
