import { type Exchanged, type Target, tampered } from "./target.ts";

/** The environment variable that holds a control token. */
export const controlTokenVariable = "DAYZERO_DOUBLE_CONTROL_TOKEN";

/** The environment variable that holds the API token. */
export const apiTokenVariable = "DAYZERO_API_TOKEN";

/** In bytes. */
const mostShown = 2000;

type Sent = Pick<Exchanged, "method" | "url" | "headers" | "requestBody">;

/**
 * A request as a command for a POSIX shell. The target's own token stands in it as an environment variable, so that it
 * runs when pasted and shows nothing; any other secret is masked.
 */
export function asCurl({ method, url, headers, requestBody }: Sent, target: Target): string {
  const options = headers.map(([name, value]) => `-H ${header(name, value, target)}`);
  const command = [
    "curl -i",
    ...(method === "GET" ? [] : [`-X ${method}`]),
    quote(masked(url, target.token)),
    ...options,
  ];
  if (requestBody === undefined) return command.join(" ");
  const bytes = Buffer.from(requestBody);
  if (bytes.length > mostShown) return [...command, `--data-binary ${quote(`… ${bytes.length} bytes …`)}`].join(" ");
  const text = bytes.toString();
  if (Buffer.from(text).equals(bytes) && !text.includes("\0")) {
    return [...command, `--data-binary ${quote(masked(text, target.token))}`].join(" ");
  }
  const octal = [...bytes].map((byte) => `\\${byte.toString(8).padStart(3, "0")}`).join("");
  return [`printf ${quote(octal)} | ${command[0]}`, ...command.slice(1), "--data-binary @-"].join(" ");
}

function header(name: string, value: string, { token, controlToken }: Target): string {
  if (value === `Bearer ${token}`) return `"${name}: Bearer $${apiTokenVariable}"`;
  if (value === `Bearer ${controlToken}`) return `"${name}: Bearer $${controlTokenVariable}"`;
  return quote(`${name}: ${masked(value, token)}`);
}

/** A token that is turned round is as good as told. */
const masked = (text: string, token: string) =>
  [token, tampered(token)]
    .filter((secret) => secret !== "")
    .reduce((rest, secret) => rest.replaceAll(secret, "dz_***"), text)
    .replace(/dz_[\w.-]{12,}/g, "dz_***");

/** A text as one word of a POSIX shell. */
export const quote = (text: string) => `'${text.replaceAll("'", `'\\''`)}'`;
