import { SuccessEnvelope } from "@dayzero-tokens/contract";
import * as z from "zod";
import type { Exchanged } from "./target.ts";

/** The two revisions of upstream's documentation: a success is the data itself, or an envelope around it. */
export type Revision = "bare" | "enveloped";

/** No answer of these routes has a member of this name, unless it is an envelope. */
export const isEnveloped = (body: unknown): body is { data: unknown } =>
  typeof body === "object" && body !== null && Object.hasOwn(body, "data");

/** Finds out which revision a target speaks at its first success, and reads all others in that one. */
export class RevisionReader {
  #found: Revision | undefined;

  /** Undefined while no success came. */
  get found(): Revision | undefined {
    return this.#found;
  }

  /** The exchange with the data as the body of a success, whichever revision it is of. */
  read(exchanged: Exchanged): Exchanged {
    const { url, status, body } = exchanged;
    if (!/\/api\/v1\/tokens\b/.test(url) || status < 200 || status > 299 || typeof body !== "object") return exchanged;
    this.#found ??= isEnveloped(body) ? "enveloped" : "bare";
    return this.#found === "bare" ? exchanged : { ...exchanged, body: dataOf(body) };
  }
}

const Envelope = SuccessEnvelope(z.unknown());

/** Undefined where it is no envelope, or one that takes back what the status says. */
function dataOf(body: unknown): unknown {
  const { success = true, data } = Envelope.safeParse(body).data ?? {};
  return success ? data : undefined;
}
