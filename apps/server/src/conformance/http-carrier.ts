import { type IncomingMessage, type OutgoingHttpHeaders, request as requestHttp } from "node:http";
import { request as requestHttps } from "node:https";
import type { Carried, Carrier, Reply } from "./carrier.ts";

/** Carries requests over sockets, to the letter: nothing is added but what HTTP asks for, and no redirect followed. */
export const httpCarrier: Carrier = {
  keepsRepeats: true,
  carry: ({ method, url, headers, body, signal }: Carried) =>
    new Promise<Reply>((resolve, reject) => {
      const send = url.startsWith("https:") ? requestHttps : requestHttp;
      const length = body !== undefined || method === "POST" ? { "content-length": String(body?.length ?? 0) } : {};
      const options = { method, headers: { ...grouped(headers), ...length }, signal };
      let answered = false;
      const req = send(url, options, (res) => {
        answered = true;
        read(res).then(resolve, reject);
      });
      // A server may answer before it has read the whole body, and close: its answer counts.
      req.on("error", (error) => (answered ? undefined : reject(error)));
      req.end(body);
    }),
};

async function read(res: IncomingMessage): Promise<Reply> {
  const chunks: Buffer[] = [];
  for await (const chunk of res) chunks.push(chunk);
  const headers = new Headers();
  for (const [name, values] of Object.entries(res.headersDistinct)) {
    for (const value of values ?? []) headers.append(name, value);
  }
  return { status: res.statusCode ?? 0, headers, text: Buffer.concat(chunks).toString() };
}

function grouped(headers: Carried["headers"]): OutgoingHttpHeaders {
  const groups: Record<string, string[]> = {};
  for (const [name, value] of headers) groups[name] = [...(groups[name] ?? []), value];
  return Object.fromEntries(
    Object.entries(groups).map(([name, values]) => [name, values.length === 1 ? values[0] : values]),
  );
}
