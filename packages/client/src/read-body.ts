/** The text of an answer, or its beginning. */
export interface Text {
  readonly text: string;
  readonly isWhole: boolean;
}

/** The largest body that is read: a thousand tokens take well under one of its eight MiB. */
export const largestBody = 8 * 1024 * 1024;

/** Reads the body, but no more than {@link largestBody}. */
export async function readBody(response: Response): Promise<Text> {
  const reader = response.body?.getReader?.();
  // What stands for the platform's fetch may give no stream.
  if (reader === undefined) return { text: await response.text(), isWhole: true };
  const decoder = new TextDecoder();
  let text = "";
  for (let size = 0; size <= largestBody; ) {
    const { done, value } = await reader.read();
    if (done) return { text: text + decoder.decode(), isWhole: true };
    size += value.byteLength;
    text += decoder.decode(value, { stream: true });
  }
  // Not waited for: the rest is nobody's.
  reader.cancel().catch(() => {});
  return { text, isWhole: false };
}
