import { isIPv6 } from "node:net";
import type { Request } from "express";

/** Where a redirect leads: the URL that Starlette makes of the request, with another path. The query has its question mark. */
export const redirectLocation = (req: Request, path: string, query: string): string =>
  quote(originOf(req) + path + (query === "?" ? "" : query));

/** Whether Starlette goes by a `Host` header: it could change the path otherwise. */
export function isUsableHost(header: string): boolean {
  const match = host.exec(header);
  if (match === null) return false;
  const { ipv6, port = "" } = match.groups ?? {};
  return (ipv6 === undefined || isIPv6(ipv6)) && Number(port) <= 65_535;
}

const host =
  /^(?:[\w.~%!$&'()*+,;=-]+|\[(?:(?<ipv6>[A-Fa-f\d]*:[A-Fa-f\d.:]+)|v[A-Fa-f\d]+\.[\w.~!$&'()*+,;=:-]+)\])(?::(?<port>\d+))?$/;

const defaultPorts: Readonly<Record<string, number>> = { http: 80, https: 443, ws: 80, wss: 443 };

/** uvicorn trusts a proxy on the same machine to say how the client came; without a usable Host it is who it is. */
function originOf(req: Request): string {
  const forwarded = req.headersDistinct["x-forwarded-proto"]?.at(-1)?.trim() ?? "";
  const scheme = Object.hasOwn(defaultPorts, forwarded) ? forwarded : req.protocol;
  if (req.headers.host !== undefined && isUsableHost(req.headers.host)) return `${scheme}://${req.headers.host}`;
  const { localAddress = "", localPort = 0 } = req.socket;
  // Without a socket there is no address: what is left is relative.
  if (localAddress === "") return "";
  const address = isIPv6(localAddress) ? `[${localAddress}]` : localAddress;
  return `${scheme}://${address}${localPort === defaultPorts[scheme] ? "" : `:${localPort}`}`;
}

/** Python's `quote` with the characters that Starlette keeps in a location: what was encoded stays so. */
const quote = (url: string) => url.replace(/[^\w.~:/%#?=@[\]!$&'()*+,;-]+/g, encodeURIComponent);
