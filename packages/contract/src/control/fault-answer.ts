import * as z from "zod";

/** Bodies deeper than this are refused: whatever masks, copies or writes one goes down into it level by level. */
const deepest = 100;

/** Any JSON that can be written, every key of it kept. zod's own `json()` gives up on deep ones, and loses `__proto__`. */
export const Json = z
  .custom<z.core.util.JSONType>()
  .superRefine((value, ctx) => {
    const message = whyNotJson(value, deepest);
    if (message !== undefined) ctx.addIssue({ code: "custom", message, continue: false });
  })
  // What its owner does with it later must not change the fault.
  .overwrite((value) => structuredClone(value));

/** Headers that an answer can be given beside those that say how it travels. */
export const SendableHeaders = z.preprocess(
  (headers: Record<string, string>, ctx) => {
    const seen = new Set<string>();
    for (const [name, value] of Object.entries(Object(headers))) {
      const message = whyUnsendable(name, value, seen);
      if (message !== undefined) ctx.addIssue({ code: "custom", message, path: [name] });
      seen.add(name.toLowerCase());
    }
    return headers;
  },
  z.record(z.string(), z.string()),
);

function whyNotJson(value: unknown, levels: number): string | undefined {
  if (value === null || typeof value === "string" || typeof value === "boolean" || Number.isFinite(value))
    return undefined;
  if (!Array.isArray(value) && !z.core.util.isPlainObject(value)) return "is no JSON";
  if (levels === 0) return `is nested more than ${deepest} deep`;
  for (const part of Object.values(value)) {
    const why = whyNotJson(part, levels - 1);
    if (why !== undefined) return why;
  }
  return undefined;
}

/** What says where an answer ends, and what becomes of the connection then: a wrong word there breaks the next answer. */
const ofTheConnection = new Set([
  "connection",
  "content-length",
  "keep-alive",
  "proxy-connection",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
]);

function whyUnsendable(name: string, value: unknown, seen: ReadonlySet<string>): string | undefined {
  // zod leaves the one name out without a word.
  if (name === "__proto__" || !/^[!#$%&'*+.^_`|~\w-]+$/.test(name)) return "cannot be the name of a header";
  if (seen.has(name.toLowerCase())) return "is given twice: the case of a name does not count";
  if (ofTheConnection.has(name.toLowerCase())) return "belongs to the connection, which is the double's";
  if (typeof value === "string" && /[^\t\x20-\x7e\x80-\xff]/.test(value)) {
    return "holds a character that a header cannot: a control character, or one beyond Latin-1";
  }
  return undefined;
}
