import * as z from "zod";
import { PythonFloat } from "./python-float.ts";

/** What Pydantic says of a value that it refuses; `loc` and `input` are added where the place is known. */
export interface Complaint {
  readonly type: string;
  readonly msg: string;
  readonly ctx?: Readonly<Record<string, number | string>>;
}

interface Described {
  readonly description?: string;
}

/**
 * A string, read as Pydantic's `str` does: nothing is coerced, trimmed or normalised. Lengths are in code points.
 * A refusal carries the {@link Complaint} in the issue's `params`.
 */
export const text = ({ min = 0, max, ...meta }: Described & { min?: number; max?: number } = {}) =>
  scalar<string>(
    (input) => {
      if (typeof input !== "string") return stringType;
      if (!input.isWellFormed()) return stringUnicode;
      // No string has more code points than code units, or less than half as many: most are never counted.
      if (input.length < 2 * min && countCodePoints(input) < min) return tooShort(min);
      return max !== undefined && input.length > max && countCodePoints(input) > max ? tooLong(max) : input;
    },
    { ...meta, type: "string", ...(min > 0 && { minLength: min }), ...(max !== undefined && { maxLength: max }) },
  );

/**
 * An integer, read as Pydantic's lax `int` does: integral floats, booleans and strings of digits count. The bounds are
 * inclusive; `undocumentedBounds` keeps them out of the OpenAPI document.
 */
export const integer = ({
  min,
  max,
  undocumentedBounds = false,
  ...meta
}: Described & { min: number; max: number; undocumentedBounds?: boolean }) =>
  scalar<number>(
    (input) => {
      const value = readInteger(input);
      if (typeof value === "object") return value;
      if (value < min) return belowMinimum(min);
      if (value > max) return aboveMaximum(max);
      return Number(value);
    },
    { ...meta, type: "integer", ...(!undocumentedBounds && { minimum: min, maximum: max }) },
  );

/** A boolean, read as Pydantic's lax `bool` does: 0, 1 and the words that mean them count, in any case. */
export const flag = (meta: Described = {}) => scalar<boolean>(readFlag, { ...meta, type: "boolean" });

const complaint = (type: string, msg: string, ctx?: Complaint["ctx"]): Complaint =>
  ctx === undefined ? { type, msg } : { type, msg, ctx };

const missing = complaint("missing", "Field required");
const stringType = complaint("string_type", "Input should be a valid string");
const stringUnicode = complaint(
  "string_unicode",
  "Input should be a valid string, unable to parse raw data as a unicode string",
);
const integerType = complaint("int_type", "Input should be a valid integer");
const integerParsing = complaint(
  "int_parsing",
  "Input should be a valid integer, unable to parse string as an integer",
);
const integerSize = complaint("int_parsing_size", "Unable to parse input string as an integer, exceeded maximum size");
const integerFraction = complaint(
  "int_from_float",
  "Input should be a valid integer, got a number with a fractional part",
);
const finiteNumber = complaint("finite_number", "Input should be a finite number");
const flagType = complaint("bool_type", "Input should be a valid boolean");
const flagParsing = complaint("bool_parsing", "Input should be a valid boolean, unable to interpret input");

const characters = (count: number) => `${count} character${count === 1 ? "" : "s"}`;
const tooShort = (min: number) =>
  complaint("string_too_short", `String should have at least ${characters(min)}`, { min_length: min });
const tooLong = (max: number) =>
  complaint("string_too_long", `String should have at most ${characters(max)}`, { max_length: max });
const belowMinimum = (min: number) =>
  complaint("greater_than_equal", `Input should be greater than or equal to ${min}`, { ge: min });
const aboveMaximum = (max: number) =>
  complaint("less_than_equal", `Input should be less than or equal to ${max}`, { le: max });

/** A zod schema whose types are plain and whose reading is `read`: the value, or the complaint. */
function scalar<T extends string | number | boolean>(read: (input: unknown) => T | Complaint, meta: z.GlobalMeta) {
  const schema = z.unknown().transform((input, context) => {
    const value = input === undefined ? missing : read(input);
    if (typeof value !== "object") return value;
    context.issues.push({ code: "custom", input, params: { ...value } });
    return z.NEVER;
  });
  // The schema takes anything so that it can complain as Pydantic does; a caller in TypeScript gives the plain type.
  return schema.meta(meta) as unknown as z.ZodType<T, T>;
}

const countCodePoints = (value: string) => {
  let count = 0;
  for (const _ of value) count += 1;
  return count;
};

function readInteger(input: unknown): number | bigint | Complaint {
  switch (typeof input) {
    case "number":
      return Number.isInteger(input) ? input : integerFraction;
    case "bigint":
      return input;
    case "boolean":
      return input ? 1 : 0;
    case "string":
      return readIntegerText(input);
    default:
      return input instanceof PythonFloat ? readIntegralFloat(input.value) : integerType;
  }
}

const readIntegralFloat = (value: number) => {
  if (!Number.isFinite(value)) return finiteNumber;
  // The neighbours of 2^63 are 1024 apart: the bound itself is already outside.
  return Math.abs(value) < 2 ** 63 ? value : integerSize;
};

// More than 4300 characters of a number, its minus included.
const tooManyDigits = /^(?:-[1-9]|[1-9]\d)\d{4299}/;
// The lookbehind has a run in the middle looked at once, not once for each blank.
const outerSpace = /^\p{White_Space}+|(?<!\p{White_Space})\p{White_Space}+$/gu;
const zero = /^(?:\+|-)?0(?:[0_]*0)?(?:\.0+)?$/;
const decimal = /^\+?(-?)(?:0[0_]*)?([1-9][\d_]*)(?:\.0+)?$/;
// Pydantic drops leading zeros before it looks for a minus again, so that "0-5" is -5 and "0-0" is 0.
const minusBehindZeros = /^\+?0[0_]*(-)_?(0|[1-9][\d_]*)(?:\.0+)?$/;
// A group that repeats for each underscore would overflow the stack on a few megabytes of them.
const strayUnderscore = /__|_$/;

function readIntegerText(input: string): bigint | Complaint {
  if (tooManyDigits.test(input)) return integerSize;
  const trimmed = input.replace(outerSpace, "");
  if (zero.test(trimmed)) return 0n;
  const match = trimmed.startsWith("+-") ? null : (decimal.exec(trimmed) ?? minusBehindZeros.exec(trimmed));
  if (match === null) return integerParsing;
  const [, sign = "", spelled = ""] = match;
  if (strayUnderscore.test(spelled)) return integerParsing;
  const number = sign + spelled.replaceAll("_", "");
  return number.length > 4300 ? integerParsing : BigInt(number);
}

const yes = new Set(["1", "t", "y", "on", "yes", "true"]);
const no = new Set(["0", "f", "n", "no", "off", "false"]);

function readFlag(input: unknown): boolean | Complaint {
  if (typeof input === "boolean") return input;
  if (typeof input === "string") {
    // Only ASCII letters fold: the Kelvin sign is no k, nor does any word here have one.
    const word = input.toLowerCase();
    return yes.has(word) ? true : no.has(word) ? false : flagParsing;
  }
  const value = input instanceof PythonFloat ? input.value : input;
  if (typeof value !== "number" && typeof value !== "bigint") return flagType;
  const number = Number(value);
  return number === 1 ? true : number === 0 ? false : flagParsing;
}
