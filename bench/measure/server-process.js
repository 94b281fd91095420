import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { createInterface } from "node:readline";
import { onCore } from "./machine.js";
import { send } from "./send.js";

/** @typedef {import("../candidates/candidate.js").Candidate} Candidate */
/** @typedef {import("../candidates/candidate.js").Running} Running */

/**
 * Starts a candidate and resolves when it says that it is ready or, where it says nothing, when it answers. Resolves
 * with how to reach it and how to stop it.
 * @param {Candidate} candidate @param {{ core?: number, arguments?: readonly string[] }} [options]
 * @returns {Promise<Running & { pid: number, stop(): Promise<void> }>}
 */
export async function startServer(candidate, { core, arguments: extra = [] } = {}) {
  const port = candidate.announces ? 0 : await freePort();
  const [file, ...args] = onCore(core, [...candidate.command(port), ...extra]);
  const child = spawn(file, args, { stdio: ["ignore", candidate.announces ? "pipe" : "ignore", "ignore"] });
  const exited = once(child, "exit");
  const stop = async () => {
    child.kill("SIGKILL");
    await exited;
  };
  try {
    const failed = exited.then(() => Promise.reject(new Error(`${candidate.name} ended before it was ready`)));
    const ready = child.stdout ? announcement(child.stdout) : answering(candidate, `http://127.0.0.1:${port}`);
    const running = await Promise.race([ready, failed, timeout(candidate.name)]);
    // `taskset` replaces itself by the command, so the child is the server.
    return { ...running, pid: child.pid ?? 0, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** @param {import("node:stream").Readable} output @returns {Promise<Running>} */
async function announcement(output) {
  const lines = createInterface(output);
  const [line] = await once(lines, "line");
  lines.close();
  output.resume();
  const { url, token = "", business_id = "" } = JSON.parse(line);
  return { url, token, businessId: business_id };
}

/** @param {Candidate} candidate @param {string} url @returns {Promise<Running>} */
async function answering(candidate, url) {
  const running = { url, token: "", businessId: "" };
  const request = candidate.create(running);
  for (;;) {
    const status = await send(url, request).catch(() => 0);
    if (status === request.expect) return running;
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
}

const timeout = (/** @type {string} */ name) =>
  new Promise((_, reject) => {
    setTimeout(() => reject(new Error(`${name} was not ready after 20 s`)), 20_000).unref();
  });

async function freePort() {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  return typeof address === "object" && address !== null ? address.port : 0;
}
