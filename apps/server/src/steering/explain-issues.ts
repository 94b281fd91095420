import { closest, distance } from "fastest-levenshtein";
import * as z from "zod";
import { NotPossible } from "./not-possible.ts";

/** What zod, through whatever layer, says of a value. */
export interface Issue {
  readonly message: string;
  readonly path?: readonly unknown[] | undefined;
  readonly code?: string | undefined;
  readonly keys?: readonly string[];
  readonly errors?: readonly (readonly Issue[])[];
  readonly values?: readonly unknown[];
  readonly params?: unknown;
}

/** More than these, and nobody reads them. */
const mostLines = 10;

/** One line for people: where something is wrong, what, and for an unknown name the nearest known one. */
export function explainIssues(issues: readonly Issue[], schema: z.ZodType): string {
  const lines = worthSaying(issues.flatMap((issue) => explain(issue, schema, [])));
  const more = lines.length > mostLines ? [`and ${lines.length - mostLines} more`] : [];
  return [...lines.slice(0, mostLines), ...more].join("; ");
}

/** The value as the schema reads it. Throws {@link NotPossible} with each place where it is not what the schema asks for. */
export function readAs<Schema extends z.ZodType>(schema: Schema, value: unknown): z.output<Schema> {
  const read = schema.safeParse(value);
  if (read.success) return read.data;
  throw new NotPossible(explainIssues(read.error.issues, schema));
}

/** A name that nobody knows explains whatever else is missing. */
function worthSaying(lines: readonly string[]): readonly string[] {
  const unknown = lines.filter((line) => line.includes("unknown name "));
  return unknown.length > 0 ? unknown : lines;
}

function explain(issue: Issue, schema: z.ZodType, above: readonly string[]): string[] {
  const path = [...above, ...(issue.path ?? []).map(String)];
  const at = path.length > 0 ? `${path.join(".")}: ` : "";
  if (issue.code === "unrecognized_keys") {
    const known = keysAt(schema, path);
    return (issue.keys ?? []).map((key) => `${at}unknown name ${JSON.stringify(key)}${suggest(key, known)}`);
  }
  if (issue.code === "invalid_union" && issue.errors !== undefined && issue.errors.length > 0) {
    // Of the alternatives, the one that comes nearest is the one that was meant.
    const [nearest = []] = [...issue.errors].sort((a, b) => a.length - b.length || depth(b) - depth(a));
    return nearest.flatMap((each) => explain(each, schema, path));
  }
  const message = isComplaint(issue.params) ? issue.params.msg : issue.message;
  return [`${at}${message}`];
}

/** The nearest of the known names, as a question; all of them where none is near. */
export function suggest(name: string, known: readonly string[]): string {
  if (known.length === 0) return "";
  const nearest = closest(name, [...known]);
  return distance(name, nearest) <= Math.max(2, name.length / 2)
    ? `; did you mean ${JSON.stringify(nearest)}?`
    : `; known are ${known.join(", ")}`;
}

const depth = (issues: readonly Issue[]) => Math.max(0, ...issues.map(({ path }) => path?.length ?? 0));

const isComplaint = (params: unknown): params is { msg: string } =>
  typeof params === "object" && params !== null && "msg" in params && typeof params.msg === "string";

function keysAt(schema: z.ZodType, path: readonly string[]): readonly string[] {
  const found = path.reduce<readonly z.ZodType[]>(
    (schemas, step) => schemas.flatMap((each) => childrenOf(each, step)),
    [schema],
  );
  return found.flatMap(unwrap).flatMap((each) => (each instanceof z.ZodObject ? Object.keys(each.shape) : []));
}

const childrenOf = (schema: z.ZodType, step: string): readonly z.ZodType[] =>
  unwrap(schema).flatMap((each) => {
    if (each instanceof z.ZodObject) return isSchema(each.shape[step]) ? [each.shape[step]] : [];
    if (each instanceof z.ZodArray) return isSchema(each.element) ? [each.element] : [];
    return [];
  });

/** What a schema comes to without its optional, nullable and default layers; of a union, every alternative. */
function unwrap(schema: z.ZodType): readonly z.ZodType[] {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodNullable || schema instanceof z.ZodDefault) {
    const inner = schema.unwrap();
    return isSchema(inner) ? unwrap(inner) : [];
  }
  if (schema instanceof z.ZodUnion) return schema.options.filter(isSchema).flatMap(unwrap);
  return [schema];
}

const isSchema = (value: unknown): value is z.ZodType => value instanceof z.ZodType;
