/** The text of an answer, as far as it has come. */
export interface Received {
  text: string;
}

/** The largest body that is read: a thousand tokens take well under one of its eight MiB. */
export const largestBody = 8 * 1024 * 1024;

/** Reads the body into `received`, but no more than {@link largestBody}. Resolves to whether that was all of it. */
export async function readBody(response: Response, received: Received): Promise<boolean> {
  const reader = response.body?.getReader?.();
  // What stands for the platform's fetch may give no stream.
  if (reader === undefined) {
    received.text = await response.text();
    return true;
  }
  const decoder = new TextDecoder();
  for (let size = 0; size <= largestBody; ) {
    const { done, value } = await reader.read();
    received.text += decoder.decode(value, { stream: !done });
    if (done) return true;
    size += value.byteLength;
  }
  // Not waited for: the rest is nobody's.
  reader.cancel().catch(() => {});
  return false;
}
