import { day, parseInstant } from "../tokens/instant.ts";

/** What earlier steps brought: their answers' bodies, by name; the answer in question is `answer`. */
export type Memory = Readonly<Record<string, unknown>>;

/** A part of a pattern that matches more than one value. */
export class Matcher {
  /** In words, for whoever reads the failure. */
  readonly wants: string;
  readonly matches: (value: unknown, memory: Memory) => boolean;
  /** What a value that does not match is instead, where the value itself would not say. */
  readonly tells: (value: unknown, memory: Memory) => unknown;

  constructor(wants: string, matches: Matcher["matches"], tells: Matcher["tells"] = (value) => value) {
    this.wants = wants;
    this.matches = matches;
    this.tells = tells;
  }
}

export const anything = new Matcher("anything", () => true);
export const someString = new Matcher("a string", (value) => typeof value === "string");
export const wholeNumber = new Matcher("a whole number", (value) => Number.isInteger(value) && Number(value) >= 0);
export const stringLike = (pattern: RegExp, wants: string) =>
  new Matcher(wants, (value) => typeof value === "string" && pattern.test(value));

/** Date-times as Pydantic renders them: UTC, six fractional digits where the second is not whole, `Z`. */
export const pydanticTime = stringLike(
  /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.(?!0{6})\d{6})?Z$/,
  "a time with six fractional digits, or at a whole second, and Z",
);

/** The very value that an earlier step brought. */
export const sameAs = (path: string) =>
  new Matcher(`the same as ${path}`, (value, memory) => value === recall(memory, path));

/** A time so many days after another, to the second. */
export const daysAfter = (days: number, path: string) =>
  new Matcher(
    `${days} days after ${path}`,
    (value, memory) => Math.abs(daysBetween(recall(memory, path), value) - days) * day < 1000,
    (value, memory) => {
      const actual = daysBetween(recall(memory, path), value);
      return Number.isNaN(actual) ? value : `${actual} days after it`;
    },
  );

/** NaN where one of them is no time. */
const daysBetween = (earlier: unknown, later: unknown) => (instantOf(later) - instantOf(earlier)) / day;

function instantOf(time: unknown): number {
  try {
    return typeof time === "string" ? parseInstant(time) : Number.NaN;
  } catch {
    return Number.NaN;
  }
}

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

/** A list in which one item matches, and no other. */
export const exactlyOne = (item: unknown) =>
  new Matcher(
    `a list with exactly one ${show(item)}`,
    (value, memory) =>
      Array.isArray(value) && value.filter((each) => mismatches(each, item, memory).length === 0).length === 1,
  );

/** A list whose items all match; it may be empty. */
export const everyItem = (item: unknown) =>
  new Matcher(
    `a list of nothing but ${show(item)}`,
    (value, memory) => Array.isArray(value) && value.every((each) => mismatches(each, item, memory).length === 0),
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

/** A secret whose JWS has such a header and such claims; patterns, both. */
export const jwsOf = (header: object, claims: object) =>
  new Matcher(`dz_ and a JWS with header ${show(header)} and claims ${show(claims)}`, (value, memory) => {
    const [first, second] = String(value)
      .replace(/^dz_/, "")
      .split(".", 2)
      .map((part) => parseJson(Buffer.from(part, "base64url").toString()));
    return mismatches(first, header, memory).length === 0 && mismatches(second, claims, memory).length === 0;
  });

/** The same moment as an earlier step's, in whole seconds since 1970. */
export const epochOf = (path: string) =>
  new Matcher(`${path} in seconds`, (value, memory) => {
    const moment = recall(memory, path);
    return typeof moment === "string" && value === Math.floor(parseInstant(moment) / 1000);
  });

/** The first characters of an earlier step's text, and three dots. */
export const prefixOf = (path: string, length: number) =>
  new Matcher(
    `the first ${length} characters of ${path} and three dots`,
    (value, memory) => value === `${String(recall(memory, path)).slice(0, length)}...`,
  );

/** A value in which, written as JSON, a text of an earlier step nowhere stands. */
export const nowhere = (path: string) =>
  new Matcher(
    `${path} nowhere in it`,
    (value, memory) => value !== undefined && !JSON.stringify(value).includes(String(recall(memory, path))),
  );

/** A list whose items stand in the order of `by`, a time. */
export const sortedBy = (by: string, descending: boolean) =>
  new Matcher(`a list sorted by ${by}, ${descending ? "descending" : "ascending"}`, (value) => {
    if (!Array.isArray(value)) return false;
    // As texts they would not do: "…:00Z" is greater than "…:00.5Z".
    const times = value.map((item) => instantOf(Object(item)[by]));
    if (descending) times.reverse();
    return times.every((time, at) => at === 0 || time >= Number(times[at - 1]));
  });

/** Anything that does not match. */
export const not = (pattern: unknown) =>
  new Matcher(`not ${show(pattern)}`, (value, memory) => mismatches(value, pattern, memory).length > 0);

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
    return pattern.matches(value, memory)
      ? []
      : [{ path, expected: pattern.wants, actual: pattern.tells(value, memory) }];
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

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const show = (pattern: unknown): string =>
  JSON.stringify(pattern, (_, value) => (value instanceof Matcher ? `<${value.wants}>` : value)) ?? "nothing";
