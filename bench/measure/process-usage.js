import { readFileSync } from "node:fs";

/**
 * Resident memory of a process, in MB; NaN where the system does not say.
 * @param {number} pid
 */
export function residentMegabytes(pid) {
  const kilobytes = /^VmRSS:\s+(\d+) kB/m.exec(read(`/proc/${pid}/status`))?.[1];
  return Number(kilobytes) / 1024;
}

/**
 * Processor time that a process has used, in seconds; NaN where the system does not say.
 * @param {number} pid
 */
export function processorSeconds(pid) {
  // The name in parentheses may hold spaces; the 14th and 15th field are clock ticks, a hundred a second on Linux.
  const fields = read(`/proc/${pid}/stat`).split(") ")[1]?.split(" ") ?? [];
  return (Number(fields[11]) + Number(fields[12])) / 100;
}

const read = (/** @type {string} */ path) => {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
};
