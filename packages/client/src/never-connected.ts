import type { Reason } from "./causes.ts";

/** The codes of Node and Bun for a connection that was never made. */
const codes: ReadonlySet<unknown> = new Set([
  "ConnectionRefused",
  "FailedToOpenSocket",
  "EAI_AGAIN",
  "ECONNREFUSED",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "ENOTFOUND",
  "UND_ERR_CONNECT_TIMEOUT",
  // Certificates that are not trusted: nothing is sent before they are.
  "CERT_HAS_EXPIRED",
  "CERT_NOT_YET_VALID",
  "DEPTH_ZERO_SELF_SIGNED_CERT",
  "ERR_TLS_CERT_ALTNAME_INVALID",
  "SELF_SIGNED_CERT_IN_CHAIN",
  "UNABLE_TO_GET_ISSUER_CERT_LOCALLY",
  "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
  // A server that speaks no TLS, or none that we speak.
  "ERR_SSL_PACKET_LENGTH_TOO_LONG",
  "ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION",
  "ERR_SSL_WRONG_VERSION_NUMBER",
]);

/** Whether the request surely did not leave. Texts are believed only of the platform's own `fetch`. */
export function neverConnected({ code, syscall, text }: Reason, isPlatformFetch: boolean): boolean {
  // Reading and writing can fail with the same codes, after the request has left.
  if (code !== undefined) return codes.has(code) && syscall !== "read" && syscall !== "write";
  return isPlatformFetch && (text === "bad port" || denoCouldNotConnect.test(text));
}

const denoCouldNotConnect = /^error sending request for url .*: client error \(Connect\)/;
