import { isIPv4 } from "node:net";

/** Whether a host, as in a URL or to bind to, is this machine itself. A name that merely begins with `127.` is not. */
export const isLoopback = (host: string): boolean =>
  /^(?:localhost|::1|\[::1\])$/i.test(host) || (isIPv4(host) && host.startsWith("127."));
