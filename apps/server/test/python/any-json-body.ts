import fc from "fast-check";

/** Bodies that a JSON reader may meet: JSON, almost JSON and no JSON, in every encoding that Python detects. */
export const anyJsonBody = (): fc.Arbitrary<Buffer> => {
  const text = fc.oneof(
    { weight: 6, arbitrary: document },
    { weight: 6, arbitrary: mutated },
    { weight: 1, arbitrary: fc.string({ unit: "binary", maxLength: 20 }) },
    { weight: 2, arbitrary: fc.string({ unit: fc.constantFrom(...`{}[]:,"\\/ue+-.019 \n`), maxLength: 12 }) },
  );
  const bytes = fc.tuple(text, encoding).map(([text, encode]) => encode(text));
  return fc.oneof(
    { weight: 8, arbitrary: bytes },
    // Never spoiled: an error where Python's own stack decides is no difference.
    { weight: 1, arbitrary: fc.tuple(nested, encoding).map(([text, encode]) => encode(text)) },
    {
      weight: 1,
      arbitrary: fc.tuple(bytes, fc.nat(), fc.nat(255)).map(([body, at, byte]) => withByte(body, at, byte)),
    },
    { weight: 1, arbitrary: fc.tuple(bytes, fc.nat()).map(([body, end]) => body.subarray(0, end % (body.length + 1))) },
    { weight: 1, arbitrary: fc.uint8Array({ maxLength: 12 }).map((random) => Buffer.from(random)) },
  );
};

const blank = fc.oneof(
  { weight: 4, arbitrary: fc.constant("") },
  { weight: 2, arbitrary: fc.string({ unit: fc.constantFrom(..." \t\r\n"), maxLength: 3 }) },
);

const hex = (codeUnit: number) => `\\u${codeUnit.toString(16).padStart(4, "0")}`;

const character = fc.oneof(
  { weight: 8, arbitrary: fc.string({ minLength: 1, maxLength: 1 }).map((each) => JSON.stringify(each).slice(1, -1)) },
  {
    weight: 2,
    arbitrary: fc.constantFrom("é", "ß", "漢", "🔑", "\u2028", "\u00a0", "\ufeff", "\u007f", "\u0080", "/"),
  },
  { weight: 2, arbitrary: fc.constantFrom("\\n", "\\t", "\\b", "\\f", "\\r", "\\/", '\\"', "\\\\") },
  { weight: 2, arbitrary: fc.nat(0xffff).map(hex) },
  { weight: 1, arbitrary: fc.nat(0xffff).map((codeUnit) => hex(codeUnit).toUpperCase().replace("U", "u")) },
  { weight: 1, arbitrary: fc.constantFrom("\\ud83d\\udd11", "\\uD83D", "\\udd11", "\\udd11\\ud83d", "\\ud83d\\n") },
);

const string = fc.array(character, { maxLength: 8 }).map((characters) => `"${characters.join("")}"`);

const digits = (min: number, max: number) =>
  fc.string({ unit: fc.constantFrom(..."0123456789"), minLength: min, maxLength: max });

const integer = fc.oneof(
  { weight: 4, arbitrary: fc.integer().map(String) },
  { weight: 2, arbitrary: fc.bigInt({ min: -(2n ** 70n), max: 2n ** 70n }).map(String) },
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      "0",
      "-0",
      "9007199254740991",
      "9007199254740992",
      "9007199254740993",
      "-9007199254740993",
      "1000000000000000000000",
    ),
  },
  {
    weight: 1,
    arbitrary: fc
      .tuple(fc.constantFrom("", "-"), fc.integer({ min: 1, max: 9 }), digits(0, 40))
      .map((parts) => parts.join("")),
  },
);

const longInteger = fc
  .tuple(fc.constantFrom("", "-"), fc.integer({ min: 4_296, max: 4_304 }))
  .map(([sign, length]) => `${sign}${"7".repeat(length)}`);

const float = fc.oneof(
  fc.double({ noNaN: true, noDefaultInfinity: true }).map(String),
  fc
    .tuple(
      integer,
      fc.option(digits(1, 20), { nil: "" }),
      fc.option(fc.tuple(fc.constantFrom("e", "E"), fc.constantFrom("", "+", "-"), digits(1, 3)), { nil: undefined }),
    )
    .map(([whole, fraction, exponent]) => `${whole}${fraction && `.${fraction}`}${exponent?.join("") ?? ""}`),
  fc.constantFrom(
    "1.0",
    "-0.0",
    "0.0",
    "1e400",
    "-1e400",
    "1e-400",
    "1e16",
    "1e15",
    "123456789012345680.0",
    "1e-4",
    "0.00001",
    "5e-324",
    "1.7976931348623157e308",
    "2.5E+3",
  ),
);

const scalar = fc.oneof(
  { weight: 4, arbitrary: string },
  { weight: 3, arbitrary: integer },
  { weight: 3, arbitrary: float },
  { weight: 3, arbitrary: fc.constantFrom("true", "false", "null") },
  { weight: 1, arbitrary: fc.constantFrom("NaN", "Infinity", "-Infinity") },
  { weight: 1, arbitrary: longInteger },
);

const key = fc.oneof(
  string,
  fc.constantFrom(
    '"a"',
    '"1"',
    '"0"',
    '"01"',
    '"4294967295"',
    '"-1"',
    '"__proto__"',
    '"constructor"',
    '""',
    '"\\u0031"',
  ),
);

const spaced = (value: fc.Arbitrary<string>) => fc.tuple(blank, value, blank).map((parts) => parts.join(""));

const { document } = fc.letrec<{ document: string }>((tie) => ({
  document: spaced(
    fc.oneof(
      { depthSize: "small", withCrossShrink: true },
      { weight: 3, arbitrary: scalar },
      { weight: 2, arbitrary: fc.array(tie("document"), { maxLength: 4 }).map((items) => `[${items.join(",")}]`) },
      {
        weight: 3,
        arbitrary: fc
          .array(fc.tuple(spaced(key), tie("document")), { maxLength: 5 })
          .map((members) => `{${members.map((member) => member.join(":")).join(",")}}`),
      },
    ),
  ),
}));

const insertion = fc.oneof(
  fc.constantFrom(...`{}[]:,"'\\/tfnNIe+-.0159u \n\t\0\u001f\u007f\u00a0\u2003\ufeffé🔑`),
  fc.constantFrom(
    "//",
    "/**/",
    "NaN",
    "-Infinity",
    "tru",
    "nul",
    "\\u12",
    "\\x41",
    "\\ud83d",
    ",,",
    ",}",
    ",]",
    "00",
    "1.",
    ".5",
    "+1",
    "1e",
    "-",
  ),
);

/** JSON in which something is missing, doubled or too much. */
const mutated = fc
  .tuple(
    document,
    fc.array(fc.tuple(fc.nat(), fc.nat(2), fc.option(insertion, { nil: "" })), { minLength: 1, maxLength: 3 }),
  )
  .map(([text, changes]) =>
    changes.reduce((changed, [place, length, inserted]) => {
      const at = place % (changed.length + 1);
      return (changed.slice(0, at) + inserted + changed.slice(at + length)).toWellFormed();
    }, text),
  );

/** Nesting well within Python's recursion limit or well beyond it: in between, its own stack decides. */
const nested = fc
  .tuple(
    fc.oneof(fc.integer({ min: 1, max: 900 }), fc.integer({ min: 1_200, max: 3_000 })),
    fc.constantFrom("[", '{"a":', "[[", '[{"":'),
    document,
    fc.nat(3),
  )
  .map(([depth, opening, inside, missing]) => {
    const count = Math.floor(depth / (opening.match(/[[{]/g)?.length ?? 1));
    const closing = [...opening].flatMap((each) => (each === "[" ? ["]"] : each === "{" ? ["}"] : [])).reverse();
    return opening.repeat(count) + inside + closing.join("").repeat(Math.max(0, count - missing));
  });

type Encode = (text: string) => Buffer;

const utf8: Encode = (text) => Buffer.from(text);
const utf16: Encode = (text) => Buffer.from(text, "utf16le");
const utf32: Encode = (text) => {
  const codePoints = [...text];
  const bytes = Buffer.alloc(4 * codePoints.length);
  for (const [at, character] of codePoints.entries()) bytes.writeUInt32LE(character.codePointAt(0) ?? 0, 4 * at);
  return bytes;
};
const marked =
  (encode: Encode): Encode =>
  (text) =>
    encode(`\ufeff${text}`);

const encoding = fc.oneof(
  { weight: 6, arbitrary: fc.constant(utf8) },
  {
    weight: 4,
    arbitrary: fc.constantFrom<Encode[]>(
      marked(utf8),
      utf16,
      marked(utf16),
      (text) => utf16(text).swap16(),
      (text) => marked(utf16)(text).swap16(),
      utf32,
      marked(utf32),
      (text) => utf32(text).swap32(),
      (text) => marked(utf32)(text).swap32(),
    ),
  },
);

function withByte(body: Buffer, place: number, byte: number): Buffer {
  const changed = Buffer.from(body);
  if (changed.length > 0) changed[place % changed.length] = byte;
  return changed;
}
