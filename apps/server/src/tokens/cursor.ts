import { type Position, type Sort, type SortKey, sortColumns } from "./token-sort.ts";

/** A position in upstream's opaque form, base64 of JSON. It says which sort it belongs to. */
export const encodeCursor = ({ id, key, inclusive }: Position, { by, descending }: Sort): string =>
  toBase64Url(JSON.stringify({ id, key, sort_by: by, descending, ...(inclusive && { inclusive }) }));

/** The position that a cursor names; undefined when it does not decode, or belongs to another sort. */
export function decodeCursor(cursor: string, sort: Sort): Position | undefined {
  const { id, key, sort_by, descending, inclusive } = parseObject(cursor);
  if (typeof id !== "string" || !isSortKey(key) || sort_by !== sort.by || descending !== sort.descending)
    return undefined;
  return { id, key, ...(inclusive === true && { inclusive }) };
}

/** A column to sort by; undefined when there is no such column. */
export const parseSortColumn = (name: string) => sortColumns.find((column) => column === name);

function parseObject(cursor: string): Record<string, unknown> {
  try {
    return Object(JSON.parse(Buffer.from(cursor, "base64url").toString()));
  } catch {
    return {};
  }
}

const toBase64Url = (text: string) => Buffer.from(text).toString("base64url");

const isSortKey = (value: unknown): value is SortKey =>
  value === null || typeof value === "string" || typeof value === "number";
