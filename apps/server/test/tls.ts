import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const file = (name: string) => fileURLToPath(new URL(`tls/${name}.pem`, import.meta.url));

/** The files of a certificate that somebody signed himself, for localhost and 127.0.0.1, and of its key. */
export const tlsFiles = { cert: file("cert"), key: file("key") };

/** What is in them. */
export const tls = { cert: readFileSync(tlsFiles.cert, "utf8"), key: readFileSync(tlsFiles.key, "utf8") };
