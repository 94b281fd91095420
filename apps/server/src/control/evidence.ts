import type { JournalEntry } from "@dayzero-tokens/contract/control";
import type { Answer } from "../answer.ts";
import { percentDecode } from "../fastapi/percent-decode.ts";
import { parseQuery } from "../fastapi/query.ts";
import { maskHeader, maskText, maskValue } from "./mask.ts";

/** What went over the connection, as it was. Nobody gets to see it but masked. */
export interface Evidence {
  readonly url: string;
  /** Names and values in turn, as node has them. */
  readonly rawHeaders: readonly string[];
  readonly body: unknown;
  /** undefined: none was sent. */
  readonly answer: Answer | undefined;
}

/** Told of each secret that stands where none belongs, and where. */
export type Found = (secret: string, where: string) => void;

/** Bodies beyond this are not shown, only their length. In characters. */
const longest = 65_536;

/** The request in the journal's words, masked. */
export function requestShown({ url, rawHeaders, body }: Evidence, found: Found = () => {}) {
  const [encoded, queryText] = splitUrl(url);
  const query: Record<string, string> = {};
  for (const [name, value] of Object.entries(parseQuery(queryText))) {
    const masked = maskText(name, (secret) => found(secret, "query"));
    query[masked] = maskText(value, (secret) => found(secret, `query.${name}`));
  }
  const headers: Record<string, string> = {};
  for (let at = 0; at + 1 < rawHeaders.length; at += 2) {
    const name = (rawHeaders[at] ?? "").toLowerCase();
    headers[name] ??= maskHeader(name, rawHeaders[at + 1] ?? "", (secret) => found(secret, `header.${name}`));
  }
  const shown = maskValue(body ?? null, "body", found);
  const path = maskText(percentDecode(encoded), (secret) => found(secret, "path"));
  return { path, request: { headers, query, body: shortened(shown) } satisfies JournalEntry["request"] };
}

/** The answer in the journal's words, masked. */
export function responseShown({ answer }: Evidence): JournalEntry["response"] {
  if (answer === undefined) return { headers: {}, body: null };
  const text = maskText(answer.text);
  const isJson = answer.headers["content-type"]?.startsWith("application/json");
  return { headers: { ...answer.headers }, body: text === "" ? null : isJson ? JSON.parse(text) : text };
}

/** Whether a secret may stand where none belongs. Cheap, and right when it says no. */
export const maySpill = ({ url, rawHeaders, body }: Evidence): boolean =>
  /dz_|%/.test(url) || rawHeaders.some(isSuspect) || mentionsSecret(body);

/** The credentials' own header, whose value stands behind its name, is where secrets belong. */
const isSuspect = (text: string, at: number, all: readonly string[]) =>
  text.includes("dz_") && all[at - 1]?.toLowerCase() !== "authorization";

const mentionsSecret = (value: unknown): boolean => {
  if (typeof value === "string") return value.includes("dz_");
  if (typeof value !== "object" || value === null) return false;
  for (const [key, part] of Object.entries(value)) if (key.includes("dz_") || mentionsSecret(part)) return true;
  return false;
};

function splitUrl(url: string): [string, string] {
  const mark = url.indexOf("?");
  return mark === -1 ? [url, ""] : [url.slice(0, mark), url.slice(mark + 1)];
}

const shortened = (body: unknown) =>
  typeof body === "string" && body.length > longest ? { length: body.length } : body;
