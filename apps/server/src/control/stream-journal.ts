import type { RequestHandler } from "express";
import type { World } from "../world.ts";
import { journalEntry } from "./journal-wire.ts";
import { whenStopping } from "./when-stopping.ts";

/** The journal as server-sent events: each new entry and, of a client that says what it saw last, those it missed. */
export const streamJournal =
  (world: World): RequestHandler =>
  (req, res) => {
    const { journal } = world;
    const { business_id } = req.query;
    const isWanted = (entry: { businessId: string | undefined }) =>
      business_id === undefined || entry.businessId === business_id;
    res.writeHead(200, { "content-type": "text/event-stream", "cache-control": "no-store" });
    const write = (entry: Parameters<typeof journalEntry>[0]) => {
      if (isWanted(entry)) res.write(`id: ${entry.id}\ndata: ${JSON.stringify(journalEntry(entry))}\n\n`);
    };
    const seen = Number(req.headers["last-event-id"] ?? journal.lastId);
    res.write(": listening\n\n");
    for (const entry of journal.read({ since: seen })) write(entry);
    const stopListening = journal.listen(write);
    res.once("close", stopListening);
    whenStopping(world, res, () => res.end());
  };
