import { get } from "node:http";
import { json } from "node:stream/consumers";
import { setTimeout as sleep } from "node:timers/promises";
import { maskText } from "../world/mask.ts";

export interface ReadyOptions {
  readonly url: string;
  /** How long to go on asking, in seconds. */
  readonly wait: number;
  /** Whether any certificate will do. */
  readonly insecure: boolean;
}

/** `dayzero-double ready`: resolves when the double at `url` is ready, rejects with why it is not. */
export async function ready({ url, wait, insecure }: ReadyOptions): Promise<void> {
  const deadline = AbortSignal.timeout(wait * 1000);
  for (;;) {
    const problem = await whyNotReady(url, insecure);
    if (problem === undefined) return void process.stdout.write(maskText(`${url} is ready\n`));
    if (wait === 0 || deadline.aborted) throw new Error(problem);
    await sleep(100, undefined, { signal: deadline }).catch(() => {});
  }
}

async function whyNotReady(url: string, insecure: boolean): Promise<string | undefined> {
  try {
    const { code, status } = await ask(new URL("/_double/ready", url), insecure);
    if (code === 200 && status === "ok") return undefined;
    if (status === "starting" || status === "stopping") return `the double at ${url} is ${status}`;
    return `what answers at ${url} is no double (status ${code})`;
  } catch (error) {
    const { code } = Object(error);
    if (!isAboutCertificate(code)) return `nothing answers at ${url}; start one with: dayzero-double start`;
    return `the certificate at ${url} is not trusted (${code}); name its file in NODE_EXTRA_CA_CERTS, or give --insecure`;
  }
}

/** The platform's `fetch` could not be told to take any certificate. */
async function ask(url: URL, insecure: boolean): Promise<{ code: number | undefined; status: unknown }> {
  const signal = AbortSignal.timeout(5000);
  const send = url.protocol === "https:" ? (await import("node:https")).get : get;
  return new Promise((resolve, reject) => {
    const request = send(url, { signal, agent: false, rejectUnauthorized: !insecure }, async (answer) => {
      const body = await json(answer).catch(() => undefined);
      resolve({ code: answer.statusCode, status: Object(body).status });
    });
    request.on("error", reject);
  });
}

/** OpenSSL's reasons, and Node's own: that the name is another one. */
const isAboutCertificate = (code: unknown) =>
  typeof code === "string" && /CERT|SIGNATURE|^ERR_TLS_CERT_ALTNAME_INVALID$/.test(code);
