import { day, parseInstant } from "../tokens/instant.ts";

/** What earlier steps brought: their answers' bodies, by name. */
export type Memory = Readonly<Record<string, unknown>>;

/** A part of a pattern that matches more than one value. */
export class Matcher {
  /** In words, for whoever reads the failure. */
  readonly wants: string;
  readonly matches: (value: unknown, memory: Memory) => boolean;

  constructor(wants: string, matches: Matcher["matches"]) {
    this.wants = wants;
    this.matches = matches;
  }
}

export const anything = new Matcher("anything", () => true);
export const someString = new Matcher("a string", (value) => typeof value === "string");
export const stringLike = (pattern: RegExp, wants: string) =>
  new Matcher(wants, (value) => typeof value === "string" && pattern.test(value));

/** Date-times as Pydantic renders them: UTC, six fractional digits, `Z`. */
export const pydanticTime = stringLike(
  /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/,
  "a time with six fractional digits and Z",
);

/** The very value that an earlier step brought. */
export const sameAs = (path: string) =>
  new Matcher(`the same as ${path}`, (value, memory) => value === recall(memory, path));

/** A time so many days after another, to the second. */
export const daysAfter = (days: number, path: string) =>
  new Matcher(`${days} days after ${path}`, (value, memory) => {
    const [later, earlier] = [value, recall(memory, path)];
    if (typeof later !== "string" || typeof earlier !== "string") return false;
    return Math.abs(parseInstant(later) - parseInstant(earlier) - days * day) < 1000;
  });

/** A list in which some item matches, whatever else is there. */
export const including = (item: unknown) =>
  new Matcher(
    `a list with ${show(item)} in it`,
    (value, memory) => Array.isArray(value) && value.some((each) => mismatches(each, item, memory).length === 0),
  );

/** A list in which no item matches. */
export const excluding = (item: unknown) =>
  new Matcher(
    `a list without ${show(item)}`,
    (value, memory) => Array.isArray(value) && value.every((each) => mismatches(each, item, memory).length > 0),
  );

/** A list of that length whose items all match. */
export const listOf = (length: number, item: unknown = anything) =>
  new Matcher(
    `a list of ${length}`,
    (value, memory) =>
      Array.isArray(value) &&
      value.length === length &&
      value.every((each) => mismatches(each, item, memory).length === 0),
  );

/** A value in which, written as JSON, a text of an earlier step nowhere stands. */
export const nowhere = (path: string) =>
  new Matcher(
    `${path} nowhere in it`,
    (value, memory) => !JSON.stringify(value).includes(String(recall(memory, path))),
  );

/** A list whose items stand in the order of `by`. */
export const sortedBy = (by: string, descending: boolean) =>
  new Matcher(`a list sorted by ${by}, ${descending ? "descending" : "ascending"}`, (value) => {
    if (!Array.isArray(value)) return false;
    const keys = value.map((item) => String(Object(item)[by]));
    return keys.every(
      (key, at) => at === 0 || (descending ? key <= String(keys[at - 1]) : key >= String(keys[at - 1])),
    );
  });

/** All of the patterns at once. */
export const both = (...patterns: readonly unknown[]) =>
  new Matcher(patterns.map(show).join(" and "), (value, memory) =>
    patterns.every((pattern) => mismatches(value, pattern, memory).length === 0),
  );

/** One place in which a value is not as the pattern has it. */
export interface Mismatch {
  readonly path: string;
  readonly expected: string;
  readonly actual: unknown;
}

/** Where a value differs from a pattern. Objects may hold more than the pattern names; lists may not. */
export function mismatches(value: unknown, pattern: unknown, memory: Memory, path = "body"): Mismatch[] {
  if (pattern instanceof Matcher)
    return pattern.matches(value, memory) ? [] : [{ path, expected: pattern.wants, actual: value }];
  if (typeof pattern !== "object" || pattern === null) {
    const wanted = typeof pattern === "string" ? fill(pattern, memory) : pattern;
    return Object.is(value, wanted) ? [] : [{ path, expected: show(wanted), actual: value }];
  }
  if (typeof value !== "object" || value === null || Array.isArray(value) !== Array.isArray(pattern)) {
    return [{ path, expected: show(pattern), actual: value }];
  }
  const parts = Object.entries(pattern).flatMap(([key, part]) =>
    mismatches(Object(value)[key], part, memory, `${path}.${key}`),
  );
  if (!Array.isArray(pattern) || !Array.isArray(value) || value.length === pattern.length) return parts;
  return [...parts, { path, expected: `${pattern.length} items`, actual: `${value.length} items` }];
}

/** What an earlier step brought, by a path such as `created.token_info.id`. */
export const recall = (memory: Memory, path: string): unknown =>
  path.split(".").reduce((value: unknown, step) => Object(value)[step], memory);

/** Puts what earlier steps brought in the place of `{{path}}`. */
export const fill = (text: string, memory: Memory): string =>
  text.replace(/\{\{([\w.]+)\}\}/g, (_, path: string) => String(recall(memory, path)));

const show = (pattern: unknown): string =>
  JSON.stringify(pattern, (_, value) => (value instanceof Matcher ? `<${value.wants}>` : value)) ?? "nothing";
