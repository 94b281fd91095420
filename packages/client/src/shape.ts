/** What a value has to be at least: a type, a list of something, or fields. Whatever else it holds is welcome. */
export type Shape = "boolean" | "string" | readonly Shape[] | { readonly [field: string]: Shape };

/** The path of the first part of `value` that is not as the shape has it. */
export function misfit(value: unknown, shape: Shape | undefined, path = "body"): string | undefined {
  if (shape === undefined) return undefined;
  if (typeof shape === "string") return typeof value === shape ? undefined : path;
  const isList = Array.isArray(shape);
  const parts = Object(value);
  if (parts !== value || Array.isArray(value) !== isList) return path;
  for (const key of Object.keys(isList ? parts : shape)) {
    const wrong = misfit(parts[key], isList ? shape[0] : Object(shape)[key], `${path}.${key}`);
    if (wrong !== undefined) return wrong;
  }
  return undefined;
}
