/** The value, or undefined where it is not JSON. The error is dropped: it may quote a piece of a secret. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
