import { decodeEscapes } from "./escapes.ts";

// `eyJ` is how base64 spells `{"`, with which every JWT begins.
const secrets = /(dz_)[\w.-]+|eyJ[\w-]{0,200}\.[\w.-]+/g;
const maskedName = /auth|cookie|key|secret|token/;
// More encodings than any rotation of credentials needs.
const mostKnown = 100;
// Shorter ones are nobody's credential, and might be part of any word.
const shortestKnown = 16;

/** Hides secrets: whatever looks like one, and the credentials that it has been shown, in the usual encodings. */
export class Mask {
  #known: readonly string[] = [];

  /** From here on, this credential is found even where it does not look like one. */
  learn(apiToken: string): void {
    const jwt = apiToken.slice("dz_".length);
    if (jwt.length < shortestKnown || this.#known.includes(jwt)) return;
    this.#known = [...encodingsOf(jwt), ...this.#known].slice(0, mostKnown);
  }

  /** The text with every secret in it masked. Where one shows only once its escapes are read, the text is given so. */
  text(text: string): string {
    const once = decodeEscapes(text);
    for (const form of [decodeEscapes(once), once, text]) {
      const withoutKnown = this.#known.reduce((left, known) => left.replaceAll(known, "***"), form);
      const masked = withoutKnown.replace(secrets, (_, prefix = "") => `${prefix}***`);
      if (masked !== form) return masked;
    }
    return text;
  }

  /** A parsed JSON text with every secret masked; undefined where it can't be parsed. */
  json(text: string): unknown {
    try {
      // Written anew, it has no escapes but those it needs.
      return JSON.parse(this.text(JSON.stringify(JSON.parse(text))));
    } catch {
      return undefined;
    }
  }

  /** The headers of an answer. */
  answerHeaders(headers: Response["headers"]): Response["headers"] {
    return new Headers([...headers].map(([name, value]): [string, string] => [name, this.text(value)]));
  }

  /** The headers of a request as a hook or a log may see them. */
  requestHeaders(headers: Readonly<Record<string, string>>): Record<string, string> {
    const entries = Object.entries(headers);
    return Object.fromEntries(entries.map(([name, value]) => [name, maskedName.test(name) ? "***" : this.text(value)]));
  }
}

/** The text itself, and what base64 and hex make of it wherever it stands in a longer one. */
function encodingsOf(jwt: string): string[] {
  // The characters at either end depend on what stands beside it.
  const base64 = ["", " ", "  "].map((before) => btoa(before + jwt).slice(before === "" ? 0 : 4, -4));
  const hex = [...jwt].map((letter) => letter.charCodeAt(0).toString(16)).join("");
  return [jwt, ...base64, hex, hex.toUpperCase()];
}
