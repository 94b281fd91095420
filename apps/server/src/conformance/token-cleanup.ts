import { APITokenCreateResponse } from "@dayzero-tokens/contract";
import { type Exchanged, sendTo, type Target, targetMemory } from "./target.ts";

const patience = 10_000;

/** Remembers which tokens a run created on the target's own account, and revokes them at its end. */
export class TokenCleanup {
  readonly #target: Target;
  readonly #created = new Set<string>();
  readonly #leftBehind: string[] = [];

  constructor(target: Target) {
    this.#target = target;
  }

  /** Ids of tokens that could not be revoked. */
  get leftBehind(): readonly string[] {
    return this.#leftBehind;
  }

  /** Looks whether an exchange created or revoked a token. */
  notice({ method, url, headers, status, body }: Exchanged): void {
    if (headers["x-business-id"] !== this.#target.businessId || method !== "POST" || status < 200 || status > 299)
      return;
    const created = APITokenCreateResponse.safeParse(body);
    if (created.success) this.#created.add(created.data.token_info.id);
    const revoked = /\/tokens\/([^/]+)\/revoke$/.exec(url)?.[1];
    if (revoked !== undefined) this.#created.delete(revoked);
  }

  /** Revokes what is still there, also after an interruption; what cannot be revoked is left behind, by id. */
  async revokeAll(): Promise<void> {
    for (const id of this.#created) {
      const send = { method: "POST", path: `/api/v1/tokens/${id}/revoke`, json: { reason: "verify is done" } };
      const memory = { target: targetMemory(this.#target) };
      const answer = await sendTo(this.#target, send, memory, AbortSignal.timeout(patience)).catch(() => undefined);
      if (answer?.status !== 201) this.#leftBehind.push(id);
    }
    this.#created.clear();
  }
}
