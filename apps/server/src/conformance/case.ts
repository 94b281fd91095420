import type { Operation } from "@dayzero-tokens/contract";
import type { SandboxRequest } from "@dayzero-tokens/contract/control";
import type { LedgerId } from "./ledger.ts";

/**
 * What a case may do to its target. `read` changes nothing; `write` creates tokens, at most three in a whole run, and
 * revokes them; `full` needs a double, whose control plane it uses.
 */
export type Tier = "read" | "write" | "full";

/** From the one that does least to the one that does most. */
export const tiers: readonly Tier[] = ["read", "write", "full"];

/** A request. Texts may name what earlier steps brought: `{{created.token_info.id}}`. */
export interface Send {
  readonly method: string;
  readonly path: string;
  /** Whose token is sent: the target's own by default, none, or any text as the whole header. */
  readonly authorization?: string | null;
  /** The target's own business by default, none, or others; several are several headers. */
  readonly business?: string | null | readonly string[];
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON. */
  readonly json?: unknown;
  /** Sent as it is; `content-type` is JSON unless `headers` say otherwise. */
  readonly text?: string;
  /** Likewise, where the body is no UTF-8. */
  readonly bytes?: Uint8Array;
}

/** What must come back. */
export interface Expected {
  readonly status: number;
  /** null: the header must not be there. */
  readonly headers?: Readonly<Record<string, string | RegExp | null>>;
  /** Of a JSON body; see pattern.ts. */
  readonly body?: unknown;
  /** The body must be what the contract declares for this operation and status. */
  readonly shape?: Operation;
  /** The whole body, to the letter; a RegExp where only its form is known. */
  readonly text?: string | RegExp;
}

export interface Step {
  /** The name under which later steps find the answer's body. */
  readonly as?: string;
  readonly send: Send;
  readonly expect: Expected;
}

/** One rule put to a target. */
export interface Case {
  readonly name: string;
  readonly rule: LedgerId;
  readonly tier: Tier;
  /** In the `full` tier: the sandbox that the case runs in, in the place of the target's own token and business. */
  readonly sandbox?: SandboxRequest;
  /** What must have come from earlier cases: without it, this case cannot run. */
  readonly needs?: readonly string[];
  readonly steps: readonly Step[];
}
