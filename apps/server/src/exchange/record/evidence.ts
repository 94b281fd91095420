import type { JournalEntry } from "@dayzero-tokens/contract/control";
import { parseQuery, percentDecode } from "@dayzero-tokens/fastapi";
import { maskHeader, maskHeaders, maskText, maskValue, mayHoldSecret } from "../../world/mask.ts";
import type { Answer } from "../answer.ts";

/** A request as it came. Nobody gets to see it but masked. */
export interface RequestEvidence {
  readonly url: string;
  /** Names and values in turn, as node has them. */
  readonly rawHeaders: readonly string[];
  readonly body: unknown;
}

/** Told of each secret that stands where none belongs, and where. */
export type Found = (secret: string, where: string) => void;

/** Bodies beyond this are not kept, only their length: a journal of a thousand entries must stay small. */
const longest = 65_536;

/**
 * What is kept of a request, as a text: no secret and no long body. One that cannot hold a secret is put into the
 * journal's words when somebody looks; until then its body as JSON, its target and its headers are a line each.
 */
export interface KeptRequest {
  readonly text: string;
  /** Whether it is in the journal's words already, as JSON. */
  readonly isShown: boolean;
}

/** Takes out what must not be kept of a request, and tells `found` of each secret that stood where none belongs. */
export function keepRequest(evidence: RequestEvidence, bodyLength: number, found: Found): KeptRequest {
  const { url, body, rawHeaders } = evidence;
  const short = (whole: unknown) => (bodyLength > longest ? { length: bodyLength } : whole);
  if (maySpill(evidence)) {
    const shown = requestShown(evidence, found);
    return { text: JSON.stringify({ ...shown, body: short(shown.body) }), isShown: true };
  }
  let text = `${JSON.stringify(maskValue(short(body) ?? null, "body", () => {}))}\n${url}`;
  rawHeaders.forEach((header, at) => {
    text += `\n${isCredentials(rawHeaders, at) ? maskHeader("authorization", header) : header}`;
  });
  return { text, isShown: false };
}

/** A kept request in the journal's words, masked. */
export function requestOf({ text, isShown }: KeptRequest): RequestShown {
  if (isShown) return JSON.parse(text);
  const [body = "null", url = "", ...rawHeaders] = text.split("\n");
  return requestShown({ url, rawHeaders, body: JSON.parse(body) });
}

/** The text of an answer without what must not be kept. */
export function keptText(text: string): string {
  if (text.length > longest) return JSON.stringify({ length: text.length });
  return maskText(text);
}

export interface RequestShown {
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>>;
  readonly body: unknown;
}

/** The request in the journal's words, masked. */
function requestShown({ url, rawHeaders, body }: RequestEvidence, found: Found = () => {}): RequestShown {
  const [encoded, queryText] = splitUrl(url);
  const query: Record<string, string> = {};
  for (const [name, value] of Object.entries(parseQuery(queryText))) {
    const masked = maskText(name, (secret) => found(secret, "query"));
    query[masked] = maskText(value, (secret) => found(secret, `query.${masked}`));
  }
  const headers = maskHeaders(pairsOf(rawHeaders), found);
  const shown = maskValue(body ?? null, "body", found);
  const path = maskText(percentDecode(encoded), (secret) => found(secret, "path"));
  return { path, headers, query, body: shown };
}

/** The answer in the journal's words, masked. */
export function responseShown(headers: Answer["headers"] | undefined, kept: string): JournalEntry["response"] {
  if (headers === undefined) return { headers: {}, body: null };
  const text = maskText(kept);
  const isJson = headers["content-type"]?.startsWith("application/json");
  return {
    headers: maskHeaders(Object.entries(headers)),
    body: text === "" ? null : isJson ? JSON.parse(text) : text,
  };
}

/** Whether a secret may stand where none belongs. Cheap, and right when it says no. */
const maySpill = ({ url, rawHeaders, body }: RequestEvidence): boolean =>
  mayHoldSecret(url) || rawHeaders.some(isSuspect) || mentionsSecret(body);

const isSuspect = (text: string, at: number, all: readonly string[]) => mayHoldSecret(text) && !isCredentials(all, at);

/** Whether the value of the credentials' own header stands there, which is where secrets belong. */
const isCredentials = (rawHeaders: readonly string[], at: number) =>
  at % 2 === 1 && rawHeaders[at - 1]?.length === 13 && rawHeaders[at - 1]?.toLowerCase() === "authorization";

const mentionsSecret = (value: unknown): boolean => {
  if (typeof value === "string") return mayHoldSecret(value);
  if (typeof value !== "object" || value === null) return false;
  for (const [key, part] of Object.entries(value)) if (mayHoldSecret(key) || mentionsSecret(part)) return true;
  return false;
};

function* pairsOf(rawHeaders: readonly string[]): Generator<[string, string]> {
  for (let at = 0; at + 1 < rawHeaders.length; at += 2) {
    yield [(rawHeaders[at] ?? "").toLowerCase(), rawHeaders[at + 1] ?? ""];
  }
}

function splitUrl(url: string): [string, string] {
  const mark = url.indexOf("?");
  return mark === -1 ? [url, ""] : [url.slice(0, mark), url.slice(mark + 1)];
}
