import { X509Certificate } from "node:crypto";
import { isIP } from "node:net";
import { isLoopback } from "../world/loopback.ts";

const loopbacks: Readonly<Record<string, string>> = { "0.0.0.0": "127.0.0.1", "[::]": "[::1]" };

/** Where this machine calls a double that listens at `url`: by a name that its certificate, if it has one, is good for. */
export function callableUrl(url: string, cert: string | undefined): string {
  const [, host = ""] = /^https?:\/\/(.+):\d+$/.exec(url) ?? [];
  const first = loopbacks[host] ?? host;
  const names = isLoopback(first) ? [first, "localhost", "127.0.0.1", "[::1]"] : [first];
  const certificate = cert === undefined ? undefined : new X509Certificate(cert);
  const isGood = (name: string) => certificate === undefined || certifies(certificate, name);
  return url.replace(host, names.find(isGood) ?? first);
}

function certifies(certificate: X509Certificate, name: string): boolean {
  const address = name.replace(/^\[|\]$/g, "");
  return (isIP(address) ? certificate.checkIP(address) : certificate.checkHost(name)) !== undefined;
}
