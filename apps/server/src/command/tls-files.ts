import { readText } from "./read-text.ts";
import type { StartSettings } from "./start-options.ts";
import { UsageError } from "./usage-error.ts";

/** The certificate and the key that the settings name; undefined: none, the double speaks HTTP. */
export async function readTls({ tlsCert, tlsKey }: StartSettings): Promise<{ cert: string; key: string } | undefined> {
  if (tlsCert === undefined && tlsKey === undefined) return undefined;
  if (tlsCert === undefined) throw new UsageError("--tls-key needs --tls-cert: HTTPS takes both or neither");
  if (tlsKey === undefined) throw new UsageError("--tls-cert needs --tls-key: HTTPS takes both or neither");
  const [cert, key] = [await readText(tlsCert), await readText(tlsKey)];
  const { createSecureContext } = await import("node:tls");
  try {
    createSecureContext({ cert, key });
  } catch (cause) {
    throw new UsageError(`${tlsCert} and ${tlsKey} must be a certificate and its key, both PEM`, { cause });
  }
  return { cert, key };
}
