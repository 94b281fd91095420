import type { Operation } from "@dayzero-tokens/contract";
import type { JournalMatch, Leak } from "@dayzero-tokens/contract/control";
import type { Answer } from "../answer.ts";
import type { RuleId } from "../rules.ts";
import type { Instant } from "../tokens/instant.ts";
import type { RequestShown } from "./evidence.ts";
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
  /** Of the request; undefined where `shown` says it all. */
  readonly body: unknown;
  /** The request in the journal's words, where it had to be masked at once. */
  readonly shown: RequestShown | undefined;
  /** Of the answer; undefined: none was sent. */
  readonly status: number | undefined;
  readonly headers: Answer["headers"] | undefined;
  readonly leaks: readonly Leak[];
}

/** The head of a request, and the body of its answer. */
export interface Texts<T> {
  readonly head: T;
  readonly answer: T;
}

export interface Entry extends Recorded {
  readonly id: number;
  /** They are there as long as the entry is in the journal: a newer entry's take their place. */
  readonly texts: Texts<KeptText>;
}

/** The last exchanges, up to a bound; it counts what it had to drop. */
export class Journal {
  readonly capacity: number;
  #entries: Entry[] = [];
  /** Where the oldest entry stands once the buffer is full and goes round. */
  #start = 0;
  #lastId = 0;
  #dropped = 0;
  readonly #droppedOf = new Map<string, number>();
  readonly #listeners = new Set<(entry: Entry) => void>();

  constructor(capacity: number) {
    this.capacity = capacity;
  }

  /** Adds an exchange, with its texts. */
  add(recorded: Recorded, { head, answer }: Texts<string>): void {
    this.#lastId += 1;
    const isFull = this.#entries.length === this.capacity;
    const oldest = isFull ? this.#entries[this.#start] : undefined;
    const texts = oldest?.texts ?? { head: new KeptText(), answer: new KeptText() };
    texts.head.keep(head);
    texts.answer.keep(answer);
    const entry: Entry = { id: this.#lastId, texts, ...recorded };
    if (this.capacity === 0) this.#drop(entry);
    else if (!isFull) this.#entries.push(entry);
    else {
      if (oldest !== undefined) this.#drop(oldest);
      this.#entries[this.#start] = entry;
      this.#start = (this.#start + 1) % this.capacity;
    }
    for (const listener of this.#listeners) listener(entry);
  }

  /** Entries that match, oldest first. */
  read(match: JournalMatch = {}): readonly Entry[] {
    const inOrder = [...this.#entries.slice(this.#start), ...this.#entries.slice(0, this.#start)];
    // Most reads are of one business, and most entries of another: that is looked at first.
    const mayMatch = ({ id, businessId }: Entry) =>
      id > (match.since ?? 0) && (match.business_id === undefined || match.business_id === businessId);
    return inOrder.filter((entry) => mayMatch(entry) && differences(entry, match).length === 0);
  }

  /** The id of the newest entry; 0 before the first. */
  get lastId(): number {
    return this.#lastId;
  }

  /** How many entries were dropped: of the business, or of all. */
  dropped(businessId?: string): number {
    return businessId === undefined ? this.#dropped : (this.#droppedOf.get(businessId) ?? 0);
  }

  /** Forgets the entries of the business, or all. Answers how many there were. */
  clear(businessId?: string): number {
    const before = this.#entries.length;
    const kept = businessId === undefined ? [] : this.read().filter((entry) => entry.businessId !== businessId);
    this.#entries = [...kept];
    this.#start = 0;
    if (businessId === undefined) {
      this.#dropped = 0;
      this.#droppedOf.clear();
    } else this.#droppedOf.delete(businessId);
    return before - kept.length;
  }

  /** Calls `listener` with every new entry until the function that it answers is called. */
  listen(listener: (entry: Entry) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #drop({ businessId }: Entry): void {
    this.#dropped += 1;
    if (businessId !== undefined) this.#droppedOf.set(businessId, this.dropped(businessId) + 1);
  }
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
