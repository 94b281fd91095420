import { spawnSync } from "node:child_process";
import { availableParallelism, cpus, totalmem } from "node:os";

/** What the numbers were taken on, without saying whose machine it is. */
export const describeMachine = () => ({
  processor: cpus()[0]?.model.trim() ?? "unknown",
  cores: availableParallelism(),
  memoryGiB: Math.round(totalmem() / 2 ** 30),
  system: `${process.platform} ${process.arch}`,
  node: process.version,
});

const canPin = availableParallelism() >= 2 && spawnSync("taskset", ["--version"]).status === 0;

/** The core of the server that is measured, and the core of what sends the load. */
export const cores = { server: 1, load: 0 };

/**
 * The command line, kept to one core where the machine has two and can do so.
 * @param {number | undefined} core @param {readonly string[]} command @returns {[string, ...string[]]}
 */
export function onCore(core, command) {
  const [file = process.execPath, ...args] = command;
  return canPin && core !== undefined ? ["taskset", "-c", String(core), file, ...args] : [file, ...args];
}
