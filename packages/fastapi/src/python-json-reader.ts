import { rememberKeyOrder } from "./key-order.ts";
import { PythonFloat } from "./python-float.ts";

/** No JSON, in the words of Python's `json.JSONDecodeError`. */
export class PythonJsonError extends Error {
  /** In code points, from the start of the text. */
  readonly position: number;

  constructor(message: string, text: string, index: number) {
    super(message);
    this.position = countCodePoints(text.slice(0, index));
  }
}

/** JSON, but more than Python reads: an integer of over 4300 digits, or nesting beyond its recursion limit. */
export class BeyondPython extends Error {}

/** Python's default recursion limit of 1000, less what a request has used of it when its body is read. */
const deepest = 960;
const mostDigits = 4300;

/** Reads a JSON text and loses nothing: big integers are bigints, floats that JavaScript would change are PythonFloats. */
export function readPythonJson(text: string): unknown {
  const reader = new Reader(text);
  return reader.document();
}

/** Walks the text once, in the order in which Python's scanner looks at it, so that errors come in its order too. */
class Reader {
  readonly #text: string;
  #at = 0;
  #depth = 0;

  constructor(text: string) {
    this.#text = text;
  }

  document(): unknown {
    this.#skipBlank();
    const value = this.#value();
    this.#skipBlank();
    if (this.#at < this.#text.length) throw this.#error("Extra data");
    return value;
  }

  #value(): unknown {
    switch (this.#text[this.#at]) {
      case '"':
        return this.#string();
      case "{":
        return this.#nested(() => this.#object());
      case "[":
        return this.#nested(() => this.#array());
      default:
        return this.#literalOrNumber();
    }
  }

  #nested<T>(read: () => T): T {
    this.#depth += 1;
    if (this.#depth > deepest) throw new BeyondPython("nested too deeply");
    const value = read();
    this.#depth -= 1;
    return value;
  }

  #object(): object {
    const entries = new Map<string, unknown>();
    this.#at += 1;
    this.#skipBlank();
    if (this.#take("}")) return objectOf(entries);
    while (true) {
      if (this.#text[this.#at] !== '"') throw this.#error("Expecting property name enclosed in double quotes");
      const key = this.#string();
      this.#skipBlank();
      if (!this.#take(":")) throw this.#error("Expecting ':' delimiter");
      this.#skipBlank();
      entries.set(key, this.#value());
      this.#skipBlank();
      if (this.#take("}")) return objectOf(entries);
      if (!this.#take(",")) throw this.#error("Expecting ',' delimiter");
      this.#skipBlank();
    }
  }

  #array(): unknown[] {
    const items: unknown[] = [];
    this.#at += 1;
    this.#skipBlank();
    if (this.#take("]")) return items;
    while (true) {
      items.push(this.#value());
      this.#skipBlank();
      if (this.#take("]")) return items;
      if (!this.#take(",")) throw this.#error("Expecting ',' delimiter");
      this.#skipBlank();
    }
  }

  #string(): string {
    const opening = this.#at;
    let value = "";
    this.#at += 1;
    while (true) {
      const chunk = this.#match(unescaped);
      value += chunk;
      const next = this.#text[this.#at];
      if (next === undefined) throw this.#error("Unterminated string starting at", opening);
      if (next === '"') {
        this.#at += 1;
        return value;
      }
      if (next !== "\\") throw this.#error("Invalid control character at");
      value += this.#escape(opening);
    }
  }

  #escape(opening: number): string {
    const letter = this.#text[this.#at + 1];
    if (letter === undefined) throw this.#error("Unterminated string starting at", opening);
    if (letter === "u") return this.#unicodeEscape();
    const character = escapes[letter];
    if (character === undefined) throw this.#error("Invalid \\escape");
    this.#at += 2;
    return character;
  }

  #unicodeEscape(): string {
    const digits = this.#text.slice(this.#at + 2, this.#at + 6);
    // Python wants something behind the digits, the closing quote at least.
    if (!fourHexDigits.test(digits) || this.#at + 6 >= this.#text.length) {
      throw this.#error("Invalid \\uXXXX escape", this.#at + 1);
    }
    this.#at += 6;
    return String.fromCharCode(Number.parseInt(digits, 16));
  }

  #literalOrNumber(): unknown {
    const literal = this.#match(literals);
    if (literal !== "") return literalValue(literal);
    const number = this.#match(numbers);
    if (number === "") throw this.#error("Expecting value");
    return numberOf(number);
  }

  #skipBlank(): void {
    this.#match(blank);
  }

  #take(character: string): boolean {
    if (this.#text[this.#at] !== character) return false;
    this.#at += 1;
    return true;
  }

  #match(pattern: RegExp): string {
    pattern.lastIndex = this.#at;
    const [match = ""] = pattern.exec(this.#text) ?? [];
    this.#at += match.length;
    return match;
  }

  #error(message: string, index = this.#at): PythonJsonError {
    return new PythonJsonError(message, this.#text, index);
  }
}

const blank = /[ \t\n\r]*/y;
// biome-ignore lint/suspicious/noControlCharactersInRegex: JSON strings hold no control characters.
const unescaped = /[^"\\\u0000-\u001f]*/y;
const fourHexDigits = /^[0-9a-fA-F]{4}$/;
const literals = /null|true|false|NaN|Infinity|-Infinity/y;
const numbers = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const escapes: Record<string, string> = {
  '"': '"',
  "\\": "\\",
  "/": "/",
  b: "\b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
};

function literalValue(literal: string): unknown {
  switch (literal) {
    case "null":
      return null;
    case "true":
      return true;
    case "false":
      return false;
    default:
      return new PythonFloat(Number(literal));
  }
}

function numberOf(spelled: string): number | bigint | PythonFloat {
  const value = Number(spelled);
  if (/[.eE]/.test(spelled)) return Number.isInteger(value) || !Number.isFinite(value) ? new PythonFloat(value) : value;
  if (Number.isSafeInteger(value)) return value === 0 ? 0 : value;
  if (spelled.replace("-", "").length > mostDigits) throw new BeyondPython("too many digits");
  return BigInt(spelled);
}

function objectOf(entries: Map<string, unknown>): object {
  const object: Record<string, unknown> = Object.create(null);
  for (const [key, value] of entries) object[key] = value;
  return rememberKeyOrder(object, [...entries.keys()]);
}

const countCodePoints = (text: string) => [...text].length;
