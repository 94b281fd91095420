import { contract } from "@dayzero-tokens/contract";
import * as z from "zod";
import type { Expected } from "./case.ts";
import { type Memory, type Mismatch, mismatches } from "./pattern.ts";
import type { Exchanged } from "./target.ts";

/** Everything in which an answer is not what was expected. */
export function judge(answer: Exchanged, expected: Expected, memory: Memory): Mismatch[] {
  const found: Mismatch[] = [];
  if (answer.status !== expected.status) {
    found.push({ path: "status", expected: String(expected.status), actual: answer.status });
  }
  for (const [name, wanted] of Object.entries(expected.headers ?? {})) {
    const actual = answer.responseHeaders.get(name);
    const fits = wanted instanceof RegExp ? wanted.test(actual ?? "") : actual === wanted;
    if (!fits) found.push({ path: `header ${name}`, expected: String(wanted ?? "absent"), actual });
  }
  if (expected.text !== undefined && !isText(answer.text, expected.text)) {
    found.push({ path: "body", expected: String(expected.text), actual: answer.text });
  }
  if (expected.body !== undefined)
    found.push(...mismatches(answer.body, expected.body, { ...memory, answer: answer.body }));
  if (expected.shape !== undefined) found.push(...shapeMismatches(answer, expected.shape, expected.status));
  return found;
}

const isText = (text: string, wanted: string | RegExp) =>
  wanted instanceof RegExp ? wanted.test(text) : text === wanted;

/** Whether the body is what the contract declares, with every nullable field there, as FastAPI sends it. */
function shapeMismatches(answer: Exchanged, operation: keyof typeof contract, status: number): Mismatch[] {
  const responses: Readonly<Record<number, unknown>> = contract[operation].responses;
  const schema = responses[status];
  if (!(schema instanceof z.ZodType))
    return [{ path: "status", expected: "one that the contract declares", actual: status }];
  const result = schema.safeParse(answer.body);
  if (result.success) return missingFields(answer.body, schema, "body");
  return result.error.issues.map(({ path, message }) => ({
    path: ["body", ...path].join("."),
    expected: message,
    actual: path.reduce((value: unknown, step) => Object(value)[step], answer.body),
  }));
}

function missingFields(value: unknown, schema: z.ZodType, path: string): Mismatch[] {
  if (schema instanceof z.ZodArray) {
    const element = schema.element;
    if (!Array.isArray(value) || !(element instanceof z.ZodType)) return [];
    return value.flatMap((item, at) => missingFields(item, element, `${path}.${at}`));
  }
  if (!(schema instanceof z.ZodObject)) return [];
  return Object.entries(schema.shape).flatMap(([key, field]) => {
    const place = `${path}.${key}`;
    if (!Object.hasOwn(Object(value), key))
      return [{ path: place, expected: "there, null if need be", actual: undefined }];
    return field instanceof z.ZodType ? missingFields(Object(value)[key], field, place) : [];
  });
}
