import type { JournalEntry } from "@dayzero-tokens/contract/control";

/** An event of the journal's stream: an entry, unless its name says otherwise. */
export interface StreamedEntry {
  readonly event?: string;
  readonly id: string;
  readonly data: JournalEntry;
}

/** Opens a stream of events; resolves when the double is listening. `await using` leaves it. */
export async function readEvents(url: string, { fetch = globalThis.fetch, headers = {} } = {}) {
  const leaving = new AbortController();
  const response = await fetch(url, { headers, signal: leaving.signal });
  if (response.headers.get("content-type") !== "text/event-stream") throw new Error(`No stream: ${response.status}`);
  const blocks = blocksOf(response);
  const listening = await blocks.next();
  if (listening.value !== ": listening") throw new Error(`The stream begins with ${listening.value}`);
  return {
    async next(): Promise<StreamedEntry> {
      const { value } = await blocks.next();
      const [, event, id, data] = /^(?:event: (\w+)\n)?id: (\d+)\ndata: (.+)$/.exec(value ?? "") ?? [];
      if (id === undefined || data === undefined) throw new Error(`This is no event: ${value}`);
      return { ...(event !== undefined && { event }), id, data: JSON.parse(data) };
    },
    ended: async () => (await blocks.next()).done,
    async [Symbol.asyncDispose]() {
      leaving.abort();
    },
  };
}

async function* blocksOf(response: Response): AsyncGenerator<string, void> {
  let pending = "";
  for await (const chunk of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
    const blocks = (pending + chunk).split("\n\n");
    pending = blocks.pop() ?? "";
    yield* blocks;
  }
}
