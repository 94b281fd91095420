/** The credentials of a `Bearer` header, whose scheme may be spelled in any case; undefined for any other, or none. */
export function bearerOf(header: string | undefined): string | undefined {
  const space = header?.indexOf(" ") ?? -1;
  if (header === undefined || space === -1 || header.slice(0, space).toLowerCase() !== "bearer") return undefined;
  return header.slice(space + 1).trim();
}
