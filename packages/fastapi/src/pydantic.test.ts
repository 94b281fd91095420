import fc from "fast-check";
import { describe, expect, expectTypeOf, test } from "vitest";
import type * as z from "zod";
import { type Complaint, flag, integer, text } from "./pydantic.ts";
import { PythonFloat } from "./python-float.ts";

/** What a schema makes of an input: the value, or what it complains of. */
function read(schema: z.ZodType, input: unknown): unknown {
  const result = schema.safeParse(input);
  return result.success ? result.data : Object(result.error.issues[0])["params"];
}

const missing: Complaint = { type: "missing", msg: "Field required" };

describe("text", () => {
  const name = text({ min: 1, max: 255 });
  const notAString: Complaint = { type: "string_type", msg: "Input should be a valid string" };
  const tooShort: Complaint = {
    type: "string_too_short",
    msg: "String should have at least 1 character",
    ctx: { min_length: 1 },
  };
  const tooLong: Complaint = {
    type: "string_too_long",
    msg: "String should have at most 255 characters",
    ctx: { max_length: 255 },
  };
  const family = "👨‍👩‍👧‍👦";

  test.each<[string, unknown]>([
    ["blanks around it", "  a  "],
    ["nothing but a blank", " "],
    ["a letter and its accent apart", "e\u0301"],
    ["a NUL", "\0"],
    ["255 characters", "a".repeat(255)],
    ["255 characters outside the BMP, which are 510 code units", "🙂".repeat(255)],
  ])("reads a string with %s as it is", (_, input) => {
    expect(read(name, input)).toBe(input);
  });

  test.each<[string, unknown, Complaint]>([
    ["nothing", undefined, missing],
    ["null", null, notAString],
    ["a number", 5, notAString],
    ["a big number", 10n ** 30n, notAString],
    ["a float", new PythonFloat(1), notAString],
    ["a boolean", true, notAString],
    ["an array", ["a"], notAString],
    ["an object", { a: 1 }, notAString],
    ["the empty string", "", tooShort],
    ["256 characters", "a".repeat(256), tooLong],
    ["255 characters and a combining accent", `${"e".repeat(255)}\u0301`, tooLong],
    ["37 families, 7 code points each", family.repeat(37), tooLong],
    [
      "half of a surrogate pair",
      "\ud83d",
      {
        type: "string_unicode",
        msg: "Input should be a valid string, unable to parse raw data as a unicode string",
      },
    ],
  ])("complains of %s", (_, input, complaint) => {
    expect(read(name, input)).toEqual(complaint);
  });

  test("says characters in the plural where more than one is needed", () => {
    expect(read(text({ min: 2 }), "a")).toEqual({
      type: "string_too_short",
      msg: "String should have at least 2 characters",
      ctx: { min_length: 2 },
    });
    expect(read(text({ max: 1 }), "ab")).toEqual({
      type: "string_too_long",
      msg: "String should have at most 1 character",
      ctx: { max_length: 1 },
    });
  });

  test("one character outside the BMP used to pass for two where two are needed", () => {
    expect(read(text({ min: 2 }), "🙂")).toMatchObject({ type: "string_too_short" });
  });

  test("counts code points, whatever the string", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 40 }), fc.nat(40), fc.nat(40), (input, a, b) => {
        const [min, max] = [Math.min(a, b), Math.max(a, b)];
        const length = [...input].length;
        const expected = length < min ? "string_too_short" : length > max ? "string_too_long" : input;
        const answer = read(text({ min, max }), input);
        expect(typeof answer === "string" ? answer : Object(answer).type).toBe(expected);
      }),
    );
  });
});

describe("integer", () => {
  const days = integer({ min: 1, max: 365 });
  const notAnInteger: Complaint = { type: "int_type", msg: "Input should be a valid integer" };
  const unparsable: Complaint = {
    type: "int_parsing",
    msg: "Input should be a valid integer, unable to parse string as an integer",
  };
  const tooManyDigits: Complaint = {
    type: "int_parsing_size",
    msg: "Unable to parse input string as an integer, exceeded maximum size",
  };
  const fractional: Complaint = {
    type: "int_from_float",
    msg: "Input should be a valid integer, got a number with a fractional part",
  };
  const notFinite: Complaint = { type: "finite_number", msg: "Input should be a finite number" };
  const tooSmall: Complaint = {
    type: "greater_than_equal",
    msg: "Input should be greater than or equal to 1",
    ctx: { ge: 1 },
  };
  const tooLarge: Complaint = {
    type: "less_than_equal",
    msg: "Input should be less than or equal to 365",
    ctx: { le: 365 },
  };

  test.each<[unknown, number]>([
    [5, 5],
    [1, 1],
    [365, 365],
    [5n, 5],
    [new PythonFloat(5), 5],
    [new PythonFloat(100), 100],
    [true, 1],
    ["5", 5],
    [" 5 ", 5],
    ["\u00a05\u2028", 5],
    ["\u00855", 5],
    ["\t5\n", 5],
    ["+5", 5],
    ["05", 5],
    ["0005", 5],
    ["1_0", 10],
    ["1_0_0", 100],
    ["0_5", 5],
    ["5.0", 5],
    ["5.000", 5],
    [`${"0".repeat(4301)}5`, 5],
  ])("reads %o as %d", (input, value) => {
    expect(read(days, input)).toBe(value);
  });

  test.each<[unknown, Complaint]>([
    [undefined, missing],
    [null, notAnInteger],
    [[5], notAnInteger],
    [{ days: 5 }, notAnInteger],
    [0, tooSmall],
    [-1, tooSmall],
    [false, tooSmall],
    [-(10n ** 30n), tooSmall],
    [new PythonFloat(-0), tooSmall],
    ["0", tooSmall],
    ["-0", tooSmall],
    ["-5", tooSmall],
    ["0-5", tooSmall],
    ["00_-_5", tooSmall],
    ["0-0", tooSmall],
    [366, tooLarge],
    [10n ** 30n, tooLarge],
    ["366", tooLarge],
    ["9".repeat(4300), tooLarge],
    [5.5, fractional],
    [-0.5, fractional],
    [new PythonFloat(2 ** 63), tooManyDigits],
    [new PythonFloat(-(2 ** 63)), tooManyDigits],
    [new PythonFloat(2 ** 63 - 1024), tooLarge],
    ["9".repeat(4301), tooManyDigits],
    [`-${"9".repeat(4299)}`, tooSmall],
    [`-${"9".repeat(4300)}`, tooManyDigits],
    [new PythonFloat(Number.NaN), notFinite],
    [new PythonFloat(Number.POSITIVE_INFINITY), notFinite],
    ["", unparsable],
    [" ", unparsable],
    ["5.", unparsable],
    [".5", unparsable],
    ["5.5", unparsable],
    ["1e2", unparsable],
    ["0x5", unparsable],
    ["1__0", unparsable],
    ["_1", unparsable],
    ["1_", unparsable],
    ["1_.0", unparsable],
    ["0-1_", unparsable],
    ["0-1__0", unparsable],
    ["٣", unparsable],
    ["- 5", unparsable],
    ["0-00", unparsable],
    [` ${"9".repeat(4301)}`, unparsable],
    [`-0${"9".repeat(4300)}`, unparsable],
    ["0-05", unparsable],
    ["+-5", unparsable],
    ["--5", unparsable],
    ["5 5", unparsable],
    ["five", unparsable],
    ["\u200b5", unparsable],
    ["\ufeff5", unparsable],
    ["\u001c5", unparsable],
    ["5\0", unparsable],
  ])("complains of %o", (input, complaint) => {
    expect(read(days, input)).toEqual(complaint);
  });

  const outerSpace = fc.string({
    unit: fc.constantFrom(..." \t\n\r\v\f\u0085\u00a0\u1680\u2003\u2028\u2029\u3000"),
    maxLength: 3,
  });
  const leadingZeros = fc.oneof(fc.constant(""), fc.stringMatching(/^0[0_]{0,4}$/));
  const fraction = fc.stringMatching(/^(\.0{1,5})?$/);

  test("complains of millions of underscores as of any other number that is too long", () => {
    expect(read(days, `1${"_1".repeat(4_000_000)}`)).toEqual(unparsable);
    expect(read(days, `0-1${"_1".repeat(4_000_000)}`)).toEqual(unparsable);
  });

  /** The digits of a number, with single underscores between some of them. */
  const underscored = (digits: string) =>
    fc
      .array(fc.boolean(), { minLength: digits.length - 1, maxLength: digits.length - 1 })
      .map((gaps) => [...digits].map((digit, at) => (gaps[at] ? `${digit}_` : digit)).join(""));

  /** A number above 0, and one of the many ways to spell it. */
  const spelled = (numbers: fc.Arbitrary<bigint>) =>
    numbers.chain((value) =>
      fc
        .tuple(outerSpace, fc.constantFrom("", "+"), leadingZeros, underscored(String(value)), fraction, outerSpace)
        .map((parts) => ({ value, spelling: parts.join("") })),
    );

  test("reads a number in range as itself, however it is spelled", () => {
    fc.assert(
      fc.property(spelled(fc.bigInt({ min: 1n, max: 365n })), ({ value, spelling }) => {
        expect(read(days, spelling)).toBe(Number(value));
      }),
    );
  });

  test("complains of the bound that a number is beyond, however it is spelled and however large it is", () => {
    fc.assert(
      fc.property(spelled(fc.bigInt({ min: 366n, max: 10n ** 50n })), ({ value, spelling }) => {
        expect(read(days, spelling)).toEqual(tooLarge);
        expect(read(days, spelling.replace("+", "").replace(/\d/, "-$&"))).toEqual(tooSmall);
        expect(read(days, value)).toEqual(tooLarge);
        expect(read(days, -value)).toEqual(tooSmall);
      }),
    );
  });

  test("includes its bounds, whatever they are", () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), fc.maxSafeInteger(), fc.maxSafeInteger(), (a, b, input) => {
        const [min, max] = [Math.min(a, b), Math.max(a, b)];
        const range = integer({ min, max });
        expect(read(range, min)).toBe(min);
        expect(read(range, max)).toBe(max);
        const type = input < min ? "greater_than_equal" : input > max ? "less_than_equal" : undefined;
        expect(Object(read(range, input)).type).toBe(type);
      }),
    );
  });

  test("a float counts when it is integral and an integer of 64 bits", () => {
    fc.assert(
      fc.property(fc.double(), (float) => {
        const range = integer({ min: -(2 ** 63), max: 2 ** 63 });
        const input = Number.isInteger(float) || !Number.isFinite(float) ? new PythonFloat(float) : float;
        const answer = read(range, input);
        if (!Number.isFinite(float)) expect(answer).toEqual(notFinite);
        else if (!Number.isInteger(float)) expect(answer).toEqual(fractional);
        else if (Math.abs(float) >= 2 ** 63) expect(answer).toEqual(tooManyDigits);
        else expect(answer).toBe(float);
      }),
    );
  });
});

describe("flag", () => {
  const yes = ["1", "t", "y", "on", "yes", "true"];
  const no = ["0", "f", "n", "no", "off", "false"];
  const notAFlag: Complaint = { type: "bool_type", msg: "Input should be a valid boolean" };
  const unparsable: Complaint = {
    type: "bool_parsing",
    msg: "Input should be a valid boolean, unable to interpret input",
  };

  test.each<[unknown, boolean]>([
    ...yes.map((word): [string, boolean] => [word, true]),
    ...no.map((word): [string, boolean] => [word, false]),
    [true, true],
    [false, false],
    [1, true],
    [0, false],
    [1n, true],
    [new PythonFloat(1), true],
    [new PythonFloat(-0), false],
  ])("reads %o as %o", (input, value) => {
    expect(read(flag(), input)).toBe(value);
  });

  test.each<[unknown, Complaint]>([
    [undefined, missing],
    [null, notAFlag],
    [[], notAFlag],
    [{}, notAFlag],
    ["", unparsable],
    [" true", unparsable],
    ["true ", unparsable],
    ["oui", unparsable],
    ["2", unparsable],
    ["1.0", unparsable],
    [2, unparsable],
    [-1, unparsable],
    [0.5, unparsable],
    [10n ** 30n, unparsable],
    [new PythonFloat(Number.NaN), unparsable],
  ])("complains of %o", (input, complaint) => {
    expect(read(flag(), input)).toEqual(complaint);
  });

  test("the words count in any case", () => {
    const word = fc.constantFrom(
      ...yes.map((each) => [each, true] as const),
      ...no.map((each) => [each, false] as const),
    );
    fc.assert(
      fc.property(word, fc.array(fc.boolean()), ([each, value], upper) => {
        const input = [...each].map((letter, at) => (upper[at] ? letter.toUpperCase() : letter)).join("");
        expect(read(flag(), input)).toBe(value);
      }),
    );
  });

  test("no other word counts", () => {
    fc.assert(
      fc.property(fc.string(), (word) => {
        fc.pre(![...yes, ...no].includes(word.toLowerCase()));
        expect(read(flag(), word)).toEqual(unparsable);
      }),
    );
  });
});

test("to a caller in TypeScript the scalars are plain strings, numbers and booleans", () => {
  expectTypeOf<z.input<ReturnType<typeof text>>>().toEqualTypeOf<string>();
  expectTypeOf<z.output<ReturnType<typeof text>>>().toEqualTypeOf<string>();
  expectTypeOf<z.input<ReturnType<typeof integer>>>().toEqualTypeOf<number>();
  expectTypeOf<z.output<ReturnType<typeof integer>>>().toEqualTypeOf<number>();
  expectTypeOf<z.input<ReturnType<typeof flag>>>().toEqualTypeOf<boolean>();
  expectTypeOf<z.output<ReturnType<typeof flag>>>().toEqualTypeOf<boolean>();
});
