import type { RequestHandler } from "express";
import type { Entry } from "../state/memory/journal.ts";
import { journalEntry } from "../steering/journal-wire.ts";
import { whenStopping } from "../world/when-stopping.ts";
import type { World } from "../world/world.ts";

/** How many bytes may wait for a reader before it is sent no more until it has read them. */
const mostWaiting = 1024 * 1024;

/**
 * The journal as server-sent events: each new entry and, of a client that says what it saw last, those it missed, or how
 * many of them the journal no longer holds. A reader that is slow goes on from the journal; one that is so slow that the
 * journal drops what it is still to get is cut off, and can come back with what it saw last.
 */
export const streamJournal =
  (world: World): RequestHandler =>
  (req, res) => {
    const { journal } = world;
    const { business_id } = req.query;
    const business = typeof business_id === "string" ? { business_id } : {};
    let seen = seenBefore(req.headers["last-event-id"], journal.lastId);
    let isBehind = false;

    const write = (event: string) => {
      res.write(event);
      if (isBehind || res.writableLength <= mostWaiting) return;
      isBehind = true;
      res.once("drain", catchUp);
    };
    const tell = (entry: Entry) => {
      seen = entry.id;
      write(`id: ${entry.id}\ndata: ${JSON.stringify(journalEntry(entry))}\n\n`);
    };
    const dropped = () => journal.dropped(business.business_id);
    const hasMissed = () => dropped().lastId > seen;
    const catchUp = () => {
      isBehind = false;
      const entries = journal.read({ ...business, since: seen });
      if (hasMissed()) {
        // At most: some of them it may have seen, or they may be those of other businesses.
        const missed = Math.min(dropped().count, journal.lastId - seen - entries.length);
        seen = (entries[0]?.id ?? journal.lastId + 1) - 1;
        write(`event: gap\nid: ${seen}\ndata: ${JSON.stringify({ missed })}\n\n`);
      }
      for (const entry of entries) if (!isBehind) tell(entry);
    };
    const follow = (entry: Entry) => {
      if (isBehind && hasMissed()) leave();
      else if (!isBehind && (business_id === undefined || entry.businessId === business_id)) tell(entry);
    };
    const leave = () => {
      stopListening();
      res.destroy();
    };

    res.writeHead(200, { "content-type": "text/event-stream", "cache-control": "no-store" });
    res.write(": listening\n\n");
    catchUp();
    const stopListening = journal.listen(follow);
    res.once("close", stopListening);
    whenStopping(world, res, () => res.end());
  };

/** What a client says that it saw last. A number that is still to come is another double's: of this one it saw nothing. */
function seenBefore(lastEventId: string | string[] | undefined, lastId: number): number {
  const id = Number(lastEventId ?? lastId);
  if (!Number.isInteger(id)) return lastId;
  return id <= lastId ? id : 0;
}
