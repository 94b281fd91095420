const utf8 = new TextDecoder("utf-8", { ignoreBOM: true });

/** Percent-decodes as Python's `unquote` does: bad UTF-8 becomes U+FFFD, a bad `%` stays. */
export const percentDecode = (text: string): string =>
  text.includes("%") ? text.replace(/(?:%[0-9a-fA-F]{2})+/g, decodeRun) : text;

const decodeRun = (run: string) => utf8.decode(Buffer.from(run.replaceAll("%", ""), "hex"));
