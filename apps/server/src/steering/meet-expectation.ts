// Not the global ones, which a test may have put fakes in the place of: the wait is real time.
import { clearTimeout, setTimeout } from "node:timers";
import type { Expectation, JournalMatch, Met, Unmet } from "@dayzero-tokens/contract/control";
import { differences, type Journal } from "../state/memory/journal.ts";
import { masked } from "../world/mask.ts";
import { journalEntry } from "./journal-wire.ts";

type Verdict = { readonly met: true; readonly answer: Met } | { readonly met: false; readonly answer: Unmet };

/**
 * Resolves when the journal holds what is expected, or when it is sure, or too late, that it does not. An upper bound
 * can only be sure once all the time has passed.
 */
export function meetExpectation(
  journal: Journal,
  { match = {}, count = { min: 1 }, within_ms = 0 }: Expectation,
  stopping?: AbortSignal,
): Promise<Verdict> {
  const judge = (isOver: boolean) => judgeNow(journal, match, count, isOver);
  const first = judge(within_ms === 0 || stopping?.aborted === true);
  if (first !== undefined) return Promise.resolve(first);
  return new Promise((resolve) => {
    const finish = (verdict: Verdict | undefined) => {
      if (verdict === undefined) return;
      stopListening();
      clearTimeout(timer);
      stopping?.removeEventListener("abort", giveUp);
      resolve(verdict);
    };
    const stopListening = journal.listen(() => finish(judge(false)));
    const giveUp = () => finish(judge(true));
    const timer = setTimeout(giveUp, within_ms);
    stopping?.addEventListener("abort", giveUp, { once: true });
  });
}

type Count = NonNullable<Expectation["count"]>;

function judgeNow(
  journal: Journal,
  match: JournalMatch,
  { min = 0, max }: Count,
  isOver: boolean,
): Verdict | undefined {
  const entries = journal.read(match);
  const count = entries.length;
  if (max !== undefined && count > max) {
    return fail(journal, match, "too_many", count, `${count} requests match, at most ${max} were expected`);
  }
  if (count >= min && (max === undefined || isOver)) {
    if (max !== undefined && isTruncated(journal, match)) return fail(journal, match, "truncated", count, truncated);
    return { met: true, answer: { count, entries: entries.map(journalEntry) } };
  }
  if (!isOver) return undefined;
  if (isTruncated(journal, match)) return fail(journal, match, "truncated", count, truncated);
  return fail(journal, match, "too_few", count, `${count} requests match, at least ${min} were expected`);
}

const truncated =
  "The journal has dropped entries that may have matched: raise --journal or --journal-bytes, or pass `since`";

/** Whether an entry that matched may have been dropped. */
const isTruncated = (journal: Journal, { business_id, since = 0 }: JournalMatch): boolean =>
  journal.dropped(business_id).lastId > since;

function fail(journal: Journal, match: JournalMatch, reason: Unmet["reason"], count: number, detail: string): Verdict {
  const nearest = journal
    .read({ since: match.since })
    // Another business is another test's, and none of this one's concern.
    .filter(({ businessId = match.business_id }) => match.business_id === undefined || businessId === match.business_id)
    .map((entry) => ({ entry, differs: differences(entry, match) }))
    .filter(({ differs }) => reason === "too_many" || differs.length > 0)
    .sort((a, b) => a.differs.length - b.differs.length || b.entry.id - a.entry.id)
    .slice(0, 3)
    .map(({ entry, differs }) => ({ entry: journalEntry(entry), differs: masked(differs) }));
  return { met: false, answer: { detail, reason, count, nearest } };
}
