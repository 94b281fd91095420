const spelled: Readonly<Record<string, string>> = { "\n": "\\n", "\r": "\\r", "\t": "\\t" };

/** What comes from a target must neither break a line nor steer the terminal. */
export const visible = (text: string): string =>
  text.replace(
    /[\p{Cc}\u2028\u2029]/gu,
    (character) => spelled[character] ?? `\\x${character.charCodeAt(0).toString(16).padStart(2, "0")}`,
  );
