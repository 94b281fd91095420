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
  /** Bytes of the body. */
  readonly bodyLength: number;
  /** undefined: none was sent. */
  readonly answer: Answer | undefined;
}

/** Told of each secret that stands where none belongs, and where. */
export type Found = (secret: string, where: string) => void;

/** Bodies beyond this are not kept, only their length: a journal of a thousand entries must stay small. */
const longest = 65_536;

/** What is kept of the evidence: no secret and no long body. What cannot hold a secret is put into words when asked for. */
export type Kept = { readonly raw: Evidence } | { readonly request: RequestShown; readonly answer: Answer | undefined };

/** Takes out what must not be kept, and tells `found` of each secret that stood where none belongs. */
export function keep(evidence: Evidence, found: Found): Kept {
  const { body, bodyLength, rawHeaders } = evidence;
  const answer = evidence.answer && keptAnswer(evidence.answer);
  if (maySpill(evidence)) {
    const request = requestShown(evidence, found);
    return { request: bodyLength > longest ? { ...request, body: { length: bodyLength } } : request, answer };
  }
  const headers = rawHeaders.map((text, at) =>
    isCredentials(rawHeaders[at - 1]) ? maskHeader("authorization", text) : text,
  );
  return {
    raw: { ...evidence, rawHeaders: headers, body: bodyLength > longest ? { length: bodyLength } : body, answer },
  };
}

function keptAnswer(answer: Answer): Answer {
  if (answer.text.length > longest) return { ...answer, text: JSON.stringify({ length: answer.text.length }) };
  return wholeSecret.test(answer.text) ? { ...answer, text: maskText(answer.text) } : answer;
}

// A token's prefix, `dz_abc...`, is no secret.
const wholeSecret = /dz_[\w-]{4}/;

export interface RequestShown {
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>>;
  readonly body: unknown;
}

/** The request in the journal's words, masked. */
export function requestShown({ url, rawHeaders, body }: Evidence, found: Found = () => {}): RequestShown {
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
  return { path, headers, query, body: shown };
}

/** The answer in the journal's words, masked. */
export function responseShown(answer: Answer | undefined): JournalEntry["response"] {
  if (answer === undefined) return { headers: {}, body: null };
  const text = maskText(answer.text);
  const isJson = answer.headers["content-type"]?.startsWith("application/json");
  return { headers: { ...answer.headers }, body: text === "" ? null : isJson ? JSON.parse(text) : text };
}

/** Whether a secret may stand where none belongs. Cheap, and right when it says no. */
const maySpill = ({ url, rawHeaders, body }: Evidence): boolean =>
  /dz_|%/.test(url) || rawHeaders.some(isSuspect) || mentionsSecret(body);

/** The credentials' own header, whose value stands behind its name, is where secrets belong. */
const isSuspect = (text: string, at: number, all: readonly string[]) =>
  text.includes("dz_") && !isCredentials(all[at - 1]);

const isCredentials = (name: string | undefined) => name?.length === 13 && name.toLowerCase() === "authorization";

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
