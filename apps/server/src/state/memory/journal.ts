import type { Operation, RuleId } from "@dayzero-tokens/contract";
import type { JournalMatch, Leak } from "@dayzero-tokens/contract/control";
import type { Answer } from "../../exchange/answer.ts";
import type { Instant } from "../../tokens/instant.ts";
import { KeptText } from "./kept-text.ts";

/** An exchange that has ended. */
export interface Recorded {
  readonly at: Instant;
  readonly method: string;
  readonly operation: Operation | undefined;
  readonly businessId: string | undefined;
  readonly userId: string | undefined;
  readonly tokenId: string | undefined;
  readonly rule: RuleId | undefined;
  readonly faultId: string | undefined;
  readonly durationMs: number;
  /** Whether the text of the request is in the journal's words already, since it had to be masked at once. */
  readonly isShown: boolean;
  /** Of the answer; undefined: none was sent. */
  readonly status: number | undefined;
  readonly headers: Answer["headers"] | undefined;
  readonly leaks: readonly Leak[];
}

/** The request as it is kept, and the body of its answer. */
export interface Texts<T> {
  readonly request: T;
  readonly answer: T;
}

export interface Entry extends Recorded {
  readonly id: number;
  readonly texts: Texts<KeptText>;
}

/** How much a journal keeps. */
export interface JournalLimits {
  readonly entries: number;
  readonly bytes: number;
}

/** What a journal had to drop to stay within its limits. */
export interface Dropped {
  readonly count: number;
  /** The id of the newest of them; 0 where there are none. */
  readonly lastId: number;
}

const nothing: Dropped = { count: 0, lastId: 0 };

/** How many businesses have a count of their own, beside those that are known. */
const mostStrangers = 1000;

/** The last exchanges, within limits; it counts what it had to drop. */
export class Journal {
  readonly limits: JournalLimits;
  readonly #isKnown: (businessId: string) => boolean;
  #entries: Entry[] = [];
  #bytes = 0;
  #lastId = 0;
  #dropped = nothing;
  #droppedOf = new Map<string, Dropped>();
  /** Of businesses that nobody knows: a client can make up any number of those. */
  #droppedOfStrangers = nothing;
  #mostCounts = mostStrangers;
  readonly #listeners = new Set<(entry: Entry) => void>();
  /** Entries that somebody may still hold. The texts of any other are the place for a newer one's. */
  readonly #lent = new WeakSet<Entry>();
  #spare: Texts<KeptText> | undefined;

  /** What was dropped of a business is counted for as long as it is known. */
  constructor(limits: JournalLimits, isKnown: (businessId: string) => boolean = () => true) {
    this.limits = limits;
    this.#isKnown = isKnown;
  }

  /** Adds an exchange, with its texts. One that is larger than the whole journal is dropped at once. */
  add(recorded: Recorded, { request, answer }: Texts<string>): void {
    this.#lastId += 1;
    const texts = this.#spare ?? { request: new KeptText(), answer: new KeptText() };
    this.#spare = undefined;
    texts.request.keep(request);
    texts.answer.keep(answer);
    const entry: Entry = { id: this.#lastId, texts, ...recorded };
    const { entries, bytes } = this.limits;
    const size = sizeOf(entry);
    if (entries === 0 || size > bytes) this.#countDropped(entry);
    else {
      this.#entries.push(entry);
      this.#bytes += size;
      while (this.#entries.length > entries || this.#bytes > bytes) this.#dropOldest();
    }
    if (this.#listeners.size > 0) this.#lent.add(entry);
    for (const listener of this.#listeners) listener(entry);
  }

  /** Entries that match, oldest first. */
  read(match: JournalMatch = {}): readonly Entry[] {
    const { since = 0, business_id } = match;
    const newer = this.#entries.slice(this.#entries.findLastIndex(({ id }) => id <= since) + 1);
    // Most reads are of one business, and most entries of another: that is looked at first.
    const mayMatch = ({ businessId }: Entry) => business_id === undefined || business_id === businessId;
    const matching = newer.filter((entry) => mayMatch(entry) && differences(entry, match).length === 0);
    for (const entry of matching) this.#lent.add(entry);
    return matching;
  }

  /** The id of the newest entry; 0 before the first. */
  get lastId(): number {
    return this.#lastId;
  }

  /** What was dropped: of the business, or of all. Of one that nobody knows it may be less. */
  dropped(businessId?: string): Dropped {
    if (businessId === undefined) return this.#dropped;
    const own = this.#droppedOf.get(businessId) ?? nothing;
    return this.#isKnown(businessId) ? own : both(own, this.#droppedOfStrangers);
  }

  /** Forgets the entries of the business, or all. Answers how many there were. */
  clear(businessId?: string): number {
    const before = this.#entries.length;
    this.#entries = businessId === undefined ? [] : this.#entries.filter((entry) => entry.businessId !== businessId);
    this.#bytes = this.#entries.reduce((sum, entry) => sum + sizeOf(entry), 0);
    if (businessId === undefined) {
      this.#dropped = nothing;
      this.#droppedOf.clear();
      this.#droppedOfStrangers = nothing;
    } else this.#droppedOf.delete(businessId);
    return before - this.#entries.length;
  }

  /** Calls `listener` with every new entry until the function that it answers is called. */
  listen(listener: (entry: Entry) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #dropOldest(): void {
    const oldest = this.#entries.shift();
    if (oldest === undefined) return;
    this.#bytes -= sizeOf(oldest);
    this.#countDropped(oldest);
    if (!this.#lent.has(oldest)) this.#spare = oldest.texts;
  }

  #countDropped({ id, businessId }: Entry): void {
    const one = { count: 1, lastId: id };
    this.#dropped = both(this.#dropped, one);
    if (businessId === undefined) return;
    this.#droppedOf.set(businessId, both(this.#droppedOf.get(businessId) ?? nothing, one));
    if (this.#droppedOf.size > this.#mostCounts) this.#addUpStrangers();
  }

  #addUpStrangers(): void {
    for (const [businessId, dropped] of this.#droppedOf) {
      if (this.#isKnown(businessId)) continue;
      this.#droppedOfStrangers = both(this.#droppedOfStrangers, dropped);
      this.#droppedOf.delete(businessId);
    }
    // Twice as many as are known, so that the next time is as far away as this one was long.
    this.#mostCounts = 2 * this.#droppedOf.size + mostStrangers;
  }
}

const both = (one: Dropped, other: Dropped): Dropped => ({
  count: one.count + other.count,
  lastId: Math.max(one.lastId, other.lastId),
});

/** What an entry takes beside its texts, and a leak, as estimated. In bytes. */
const entryBytes = 1024;
const leakBytes = 128;

/** The memory that an entry takes, in bytes. */
function sizeOf({ texts, headers = {}, leaks }: Entry): number {
  let size = entryBytes + texts.request.size + texts.answer.size;
  for (const value of Object.values(headers)) size += value.length;
  for (const { where } of leaks) size += leakBytes + 2 * where.length;
  return size;
}

export interface Difference {
  readonly field: string;
  readonly expected: unknown;
  readonly actual: unknown;
}

/** In which fields an entry is not what was asked for. */
export function differences(entry: Entry, match: JournalMatch): Difference[] {
  const compared = [
    ["operation", match.operation, entry.operation],
    ["business_id", match.business_id, entry.businessId],
    ["token_id", match.token_id, entry.tokenId],
    ["rule", match.rule, entry.rule],
    ["method", match.method, entry.method],
    ["status", match.status, entry.status ?? null],
  ] as const;
  return compared.flatMap(([field, expected, actual]) =>
    expected === undefined || expected === actual ? [] : [{ field, expected, actual: actual ?? null }],
  );
}
