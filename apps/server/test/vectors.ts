import { readFileSync } from "node:fs";

/** A request and what real FastAPI answered to it. */
export interface Vector {
  readonly id: string;
  readonly group: string;
  readonly basis: "framework" | "app" | "server";
  readonly title: string;
  readonly request: {
    readonly method: string;
    readonly path: string;
    readonly headers: readonly (readonly [string, string])[];
    readonly body_base64: string | null;
    readonly version?: string;
  };
  readonly response: {
    readonly status: number;
    readonly headers: Readonly<Record<string, string>>;
    readonly kind: "json" | "text" | "empty";
    readonly body?: unknown;
    readonly body_text?: string;
    readonly expires_in_days?: number;
    readonly args?: Readonly<Record<string, unknown>>;
  };
}

export const vectors: readonly Vector[] = JSON.parse(
  readFileSync(new URL("./vectors/fastapi.json", import.meta.url), "utf8"),
);

/** What stands in a vector for what its reader has: a host, a token, its business, one of its records. */
export type Placeholders = Readonly<
  Record<"HOST" | "TOKEN" | "BUSINESS" | "BUSINESS_UPPER" | "BUSINESS_HEX" | "TOKEN_ID", string>
>;

/** The bytes of a vector's request. */
export function requestBytes({ request }: Vector, placeholders: Placeholders): Buffer {
  const { method, path, headers, body_base64, version = "HTTP/1.1" } = request;
  const lines = [`${method} ${path} ${version}`, ...headers.map(([name, value]) => `${name}: ${value}`), "", ""];
  const head = Buffer.from(fill(lines.join("\r\n"), placeholders), "latin1");
  return Buffer.concat([head, Buffer.from(body_base64 ?? "", "base64")]);
}

/** Puts what the reader has in the place of the placeholders. */
export const fill = (text: string, placeholders: Placeholders): string =>
  Object.entries(placeholders).reduce((filled, [name, value]) => filled.replaceAll(`{{${name}}}`, value), text);
