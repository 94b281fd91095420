import { isRecord } from "./is-record.ts";

/** What a value has to be at least: a type, a list of something, or fields. Whatever else it holds is welcome. */
export type Shape = "boolean" | "string" | ListShape | FieldsShape;

/** A list, each part of which has the shape; an empty one stands for any list. */
export type ListShape = readonly Shape[];

/** An object that has these fields. */
export interface FieldsShape {
  readonly [field: string]: Shape;
}

const isListShape = (shape: ListShape | FieldsShape): shape is ListShape => Array.isArray(shape);

/** The path of the first part of `value` that is not as the shape has it. */
export function misfit(value: unknown, shape: Shape, path = "body"): string | undefined {
  if (typeof shape === "string") return typeof value === shape ? undefined : path;
  if (isListShape(shape)) {
    if (!Array.isArray(value)) return path;
    const [each] = shape;
    return each && firstOf(value, (part, index) => misfit(part, each, `${path}.${index}`));
  }
  if (!isRecord(value) || Array.isArray(value)) return path;
  return firstOf(Object.entries(shape), ([field, each]) => misfit(value[field], each, `${path}.${field}`));
}

function firstOf<Part>(parts: readonly Part[], find: (part: Part, index: number) => string | undefined) {
  for (const [index, part] of parts.entries()) {
    const found = find(part, index);
    if (found !== undefined) return found;
  }
  return undefined;
}
