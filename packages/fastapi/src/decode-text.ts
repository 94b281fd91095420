/** The bytes are no text in the encoding that Python would read them in. */
export class UndecodableText extends Error {}

/** Bytes of a JSON text as Python's `json.loads` decodes them: UTF-8, -16 or -32 by their first bytes, surrogates let through. */
export function decodeJsonBytes(bytes: Buffer): string {
  const [encoding, skip] = detectEncoding(bytes);
  const rest = skip === 0 ? bytes : bytes.subarray(skip);
  switch (encoding) {
    case "utf-8":
      return decodeUtf8(rest) ?? decodeUtf8WithSurrogates(rest);
    case "utf-16le":
      return decodeUtf16(rest);
    case "utf-16be":
      return decodeUtf16(rest.length % 2 === 0 ? Buffer.from(rest).swap16() : rest);
    case "utf-32le":
      return decodeUtf32(rest, (at) => rest.readUInt32LE(at));
    case "utf-32be":
      return decodeUtf32(rest, (at) => rest.readUInt32BE(at));
  }
}

const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** Strict UTF-8, a byte order mark kept; undefined when it is none. */
export function decodeUtf8(bytes: Uint8Array): string | undefined {
  try {
    return utf8.decode(bytes);
  } catch {
    return undefined;
  }
}

type Encoding = "utf-8" | "utf-16le" | "utf-16be" | "utf-32le" | "utf-32be";

/** The encoding, and the length of the byte order mark that says so. */
function detectEncoding(bytes: Buffer): [Encoding, number] {
  const starts = (...mark: number[]) => mark.every((byte, at) => bytes[at] === byte);
  if (starts(0, 0, 0xfe, 0xff)) return ["utf-32be", 4];
  if (starts(0xff, 0xfe, 0, 0)) return ["utf-32le", 4];
  if (starts(0xfe, 0xff)) return ["utf-16be", 2];
  if (starts(0xff, 0xfe)) return ["utf-16le", 2];
  if (starts(0xef, 0xbb, 0xbf)) return ["utf-8", 3];
  const [first, second, third, fourth] = bytes;
  if (bytes.length >= 4) {
    if (first === 0) return [second === 0 ? "utf-32be" : "utf-16be", 0];
    if (second === 0) return [third === 0 && fourth === 0 ? "utf-32le" : "utf-16le", 0];
  } else if (bytes.length === 2) {
    if (first === 0) return ["utf-16be", 0];
    if (second === 0) return ["utf-16le", 0];
  }
  return ["utf-8", 0];
}

/** UTF-8 in which surrogates are spelled like other code points (ED A0..BF xx), Python's `surrogatepass`. */
function decodeUtf8WithSurrogates(bytes: Buffer): string {
  let text = "";
  let start = 0;
  let last = 0;
  for (let at = bytes.indexOf(0xed); at !== -1; at = bytes.indexOf(0xed, at + 1)) {
    const second = bytes[at + 1] ?? 0;
    const third = bytes[at + 2] ?? 0;
    if (second < 0xa0 || second > 0xbf || third < 0x80 || third > 0xbf) continue;
    last = apart(0xd000 | ((second & 0x3f) << 6) | (third & 0x3f), at === start ? last : 0);
    text += strictly(bytes.subarray(start, at)) + String.fromCharCode(last);
    start = at + 3;
  }
  return text + strictly(bytes.subarray(start));
}

/**
 * Two halves that were spelled apart stay two characters in Python, and would become one here. No such string can ever
 * be written again, so it is enough that the second half stays alone: it is exchanged for one that does. What stands
 * before it is handed on: to look it up in a text that grows takes longer each time.
 */
const apart = (codePoint: number, before: number): number =>
  codePoint >= 0xdc00 && codePoint <= 0xdfff && before >= 0xd800 && before <= 0xdbff ? 0xd800 : codePoint;

function strictly(bytes: Buffer): string {
  const text = decodeUtf8(bytes);
  if (text === undefined) throw new UndecodableText("invalid UTF-8");
  return text;
}

function decodeUtf16(littleEndian: Buffer): string {
  if (littleEndian.length % 2 !== 0) throw new UndecodableText("truncated UTF-16");
  return littleEndian.toString("utf16le");
}

function decodeUtf32(bytes: Buffer, read: (at: number) => number): string {
  if (bytes.length % 4 !== 0) throw new UndecodableText("truncated UTF-32");
  let text = "";
  let last = 0;
  for (let at = 0; at < bytes.length; at += 4) {
    const codePoint = read(at);
    if (codePoint > 0x10ffff) throw new UndecodableText("no code point");
    last = apart(codePoint, last);
    text += String.fromCodePoint(last);
  }
  return text;
}
