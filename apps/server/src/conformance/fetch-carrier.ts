import type { Carried, Carrier, Reply } from "./carrier.ts";

/** Carries requests by any `fetch`, which joins repeated headers into one. */
export const fetchCarrier = (fetch: typeof globalThis.fetch): Carrier => ({
  keepsRepeats: false,
  async carry({ method, url, headers, body, signal }: Carried): Promise<Reply> {
    const init = { method, headers: headers.map(([name, value]): [string, string] => [name, value]), signal } as const;
    // A copy, because a Uint8Array may stand on memory that a body must not.
    const response = await fetch(url, { ...init, redirect: "manual", ...(body && { body: new Uint8Array(body) }) });
    return { status: response.status, headers: response.headers, text: await response.text() };
  },
});
