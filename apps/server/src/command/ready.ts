import { setTimeout as sleep } from "node:timers/promises";
import { maskText } from "../control/mask.ts";

export interface ReadyOptions {
  readonly url: string;
  /** How long to go on asking, in seconds. */
  readonly wait: number;
}

/** `dayzero-double ready`: resolves when the double at `url` is ready, rejects with why it is not. */
export async function ready({ url, wait }: ReadyOptions): Promise<void> {
  const deadline = AbortSignal.timeout(wait * 1000);
  for (;;) {
    const problem = await whyNotReady(url);
    if (problem === undefined) return void process.stdout.write(maskText(`${url} is ready\n`));
    if (wait === 0 || deadline.aborted) throw new Error(problem);
    await sleep(100, undefined, { signal: deadline }).catch(() => {});
  }
}

async function whyNotReady(url: string): Promise<string | undefined> {
  try {
    const answer = await fetch(new URL("/_double/ready", url), { signal: AbortSignal.timeout(5000) });
    const { status }: { status?: unknown } = Object(await answer.json().catch(() => undefined));
    if (answer.ok && status === "ok") return undefined;
    if (status === "starting" || status === "stopping") return `the double at ${url} is ${status}`;
    return `what answers at ${url} is no double, or does not go by that name (status ${answer.status})`;
  } catch {
    return `nothing answers at ${url}; start one with: dayzero-double start`;
  }
}
