import { once } from "node:events";
import { get, type IncomingMessage } from "node:http";
import { expect, test } from "vitest";
import { startDouble } from "../src/index.ts";
import { callsOf, wellKnownCaller } from "./calls.ts";
import { readEvents } from "./read-events.ts";

/** Opens the journal's stream over a socket of its own, and reads nothing until it is told to. */
async function openUnread(url: string): Promise<IncomingMessage> {
  const request = get(`${url}/_double/journal/stream`, { agent: false });
  const [response] = await once(request, "response");
  return response;
}

/** Reads until the event with the id has come, or the connection is closed: the ids that came, and which of the two. */
async function idsUpTo(last: number, stream: IncomingMessage): Promise<{ ids: number[]; isCutOff: boolean }> {
  const ids: number[] = [];
  let pending = "";
  try {
    for await (const chunk of stream.setEncoding("utf8")) {
      const blocks = (pending + chunk).split("\n\n");
      pending = blocks.pop() ?? "";
      for (const block of blocks) if (block.startsWith("id: ")) ids.push(Number.parseInt(block.slice(4), 10));
      if (ids.at(-1) === last) return { ids, isCutOff: false };
    }
  } catch {
    // It is closed in the middle of an answer that has no end of its own.
  }
  return { ids, isCutOff: true };
}

test("whoever does not read the stream is cut off while others go on, and comes back where it stopped", async () => {
  await using double = await startDouble({ journal: 50 });
  const sleepers = await Promise.all(Array.from({ length: 3 }, () => openUnread(double.url)));
  await using awake = await readEvents(`${double.url}/_double/journal/stream`);
  const { create } = callsOf(double, wellKnownCaller);

  // More than the kernel keeps for a connection and the journal for everybody: 60 KB each.
  const last = 800;
  for (let n = 1; n <= last; n += 1) {
    await create({ name: "x".repeat(30_000) });
    expect((await awake.next()).id).toBe(String(n));
  }

  for (const { ids, isCutOff } of await Promise.all(sleepers.map((each) => idsUpTo(last, each)))) {
    const seen = Number(ids.at(-1));
    expect({ isCutOff, ids }).toEqual({ isCutOff: true, ids: Array.from({ length: seen }, (_, at) => at + 1) });
    expect(seen).toBeLessThan(last - 50);
    const headers = { "last-event-id": String(seen) };
    await using back = await readEvents(`${double.url}/_double/journal/stream`, { headers });
    expect(await back.next()).toEqual({ event: "gap", id: String(last - 50), data: { missed: last - 50 - seen } });
    expect((await back.next()).id).toBe(String(last - 49));
  }
}, 60_000);

test("whoever reads the stream late misses nothing that the journal still holds", async () => {
  await using double = await startDouble({ journalBytes: 256 * 1024 * 1024 });
  const sleeper = await openUnread(double.url);
  const { create } = callsOf({ url: double.url, fetch: double.fetch }, wellKnownCaller);
  const last = 500;
  for (let n = 1; n <= last; n += 1) await create({ name: "x".repeat(30_000) });

  expect(await idsUpTo(last, sleeper)).toEqual({
    isCutOff: false,
    ids: Array.from({ length: last }, (_, at) => at + 1),
  });
}, 60_000);
