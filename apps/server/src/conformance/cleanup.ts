import { APITokenCreateResponse, APITokenListResponse } from "@dayzero-tokens/contract";
import { Sandbox } from "@dayzero-tokens/contract/control";
import type { Send } from "./case.ts";
import type { Memory } from "./pattern.ts";
import type { PoliteSender } from "./polite-sender.ts";
import { isEnveloped } from "./revision.ts";
import { type Exchanged, startingMemory, type Target } from "./target.ts";

/** What a run could not take back. */
export interface LeftBehind {
  /** Ids of tokens that were created and could not be revoked. */
  readonly ids: readonly string[];
  /** The name of a token that may be there: its create was never answered, and the list did not say. */
  readonly name: string | undefined;
}

/** Remembers what a run created on its target, and takes it back at its end: tokens are revoked, sandboxes deleted. */
export class Cleanup {
  readonly #target: Target;
  readonly #name: string;
  readonly #created = new Set<string>();
  readonly #revoked = new Set<string>();
  readonly #sandboxes = new Set<string>();
  #lostCreates = 0;

  /** `name` is the name that the run gives to its tokens. */
  constructor(target: Target, name: string) {
    this.#target = target;
    this.#name = name;
  }

  /** How many tokens were created on the target's own account, as far as is known. */
  get created(): number {
    return this.#created.size + this.#lostCreates;
  }

  /** Looks whether an exchange created or revoked something. */
  notice(exchanged: Exchanged): void {
    const { method, url, status, body } = exchanged;
    if (method !== "POST" || status < 200) return;
    const sandbox = url.endsWith("/_double/sandboxes") ? Sandbox.safeParse(body) : undefined;
    if (sandbox?.success) this.#sandboxes.add(sandbox.data.business_id);
    // Whoever asked for it: a token may have revoked itself.
    const revoked = /\/tokens\/([^/]+)\/revoke$/.exec(url)?.[1];
    if (revoked !== undefined && status < 300) this.#revoked.add(revoked);
    if (!url.endsWith("/api/v1/tokens") || !this.#isOwn(exchanged) || (status >= 300 && status < 500)) return;
    const created = APITokenCreateResponse.safeParse(inEither(body));
    if (created.success) this.#created.add(created.data.token_info.id);
    // Something may have been created even where the answer is an error of the server or of a gateway.
    else this.noticeLostCreate();
  }

  /** Notes that a token may have been created, and nobody was told its id. */
  noticeLostCreate(): void {
    this.#lostCreates += 1;
  }

  /** Takes everything back, also after an interruption. */
  async takeBack(sender: PoliteSender): Promise<LeftBehind> {
    const memory = startingMemory(this.#target);
    for (const business of this.#sandboxes) {
      const send = { method: "DELETE", path: `/_double/sandboxes/${business}` };
      // A double that is gone has forgotten its sandboxes.
      await sender.send(send, memory, 204).catch(() => undefined);
    }
    if (this.created === 0) return { ids: [], name: undefined };
    const fates = new Map<string, Fate>();
    for (const id of this.#created) fates.set(id, this.#revoked.has(id) ? "refused" : await revoke(id, sender, memory));
    const listed = await this.#stillListed(sender, memory);
    // One that was answered as revoked and is still listed was not revoked.
    for (const id of listed ?? []) fates.set(id, fates.has(id) ? "failed" : await revoke(id, sender, memory));
    return {
      ids: [...fates].filter(([, fate]) => fate === "failed").map(([id]) => id),
      name: listed === undefined && this.#lostCreates > 0 ? this.#name : undefined,
    };
  }

  /** The unrevoked tokens of this run's name; undefined where the target does not say. */
  async #stillListed(sender: PoliteSender, memory: Memory): Promise<string[] | undefined> {
    const send = { method: "GET", path: "/api/v1/tokens?limit=1000" };
    const answer = await sender.send(send, memory, 200).catch(() => undefined);
    const list = APITokenListResponse.safeParse(inEither(answer?.body));
    if (!list.success) return undefined;
    return list.data.items
      .filter(({ name, revoked_at }) => name === this.#name && (revoked_at ?? null) === null)
      .map(({ id }) => id);
  }

  #isOwn({ headers }: Exchanged): boolean {
    const { businessId, token } = this.#target;
    const has = (name: string, value: string) => headers.some((header) => header[0] === name && header[1] === value);
    return has("x-business-id", businessId) && has("authorization", `Bearer ${token}`);
  }
}

/** The data, whichever revision it is of: a target that mixes them is left clean, too. */
const inEither = (body: unknown) => (isEnveloped(body) ? body.data : body);

/** What became of a token that was to be revoked. A refusal may say that it is revoked already: the list tells. */
type Fate = "revoked" | "refused" | "failed";

async function revoke(id: string, sender: PoliteSender, memory: Memory): Promise<Fate> {
  const send: Send = { method: "POST", path: `/api/v1/tokens/${id}/revoke`, json: { reason: "verify is done" } };
  const { status } = (await sender.send(send, memory, 201).catch(() => undefined)) ?? { status: 0 };
  if (status >= 200 && status <= 299) return "revoked";
  return status === 400 || status === 404 ? "refused" : "failed";
}
