import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseUuid } from "./uuid.ts";

describe("a UUID", () => {
  const canonical = "01941f29-7c00-7000-8000-00000000000a";

  test.each([
    ["as it is written", canonical],
    ["in capitals", canonical.toUpperCase()],
    ["without hyphens", canonical.replaceAll("-", "")],
    ["with hyphens elsewhere", "0194-1f29-7c00-7000-8000-0000-0000-000a"],
    ["in braces", `{${canonical}}`],
    ["in more braces than needed", `}}{${canonical}{`],
    ["as a URN", `urn:uuid:${canonical}`],
    ["with half of a URN", `uuid:${canonical}`],
    // What Python's int() lets through among the 32 characters.
    ["with a plus for its leading zero", `+${canonical.slice(1)}`],
    ["with a space for its leading zero", `{ ${canonical.slice(1)}}`],
    ["with a no-break space for its leading zero", `\u00a0${canonical.slice(1)}`],
  ])("is read %s", (_, text) => {
    expect(parseUuid(text)).toBe(canonical);
  });

  test.each([
    ["1_23456789abcdef0123456789abcdef", "01234567-89ab-cdef-0123-456789abcdef"],
    ["0x3456789abcdef0123456789abcdef0", "00345678-9abc-def0-1234-56789abcdef0"],
    ["0X_456789abcdef0123456789abcdef0", "00045678-9abc-def0-1234-56789abcdef0"],
  ])("is read where int() reads one: %s", (text, uuid) => {
    expect(text).toHaveLength(32);
    expect(parseUuid(text)).toBe(uuid);
  });

  test.each([
    ["nothing", ""],
    ["a word", "nope"],
    ["31 digits", canonical.slice(0, -1)],
    ["33 digits", `${canonical}0`],
    ["a letter that is no digit", canonical.replace("a", "g")],
    ["a URN in capitals", `URN:UUID:${canonical}`],
    ["space around it", ` ${canonical} `],
    ["two underscores side by side", "01941f297c0070008000000000__000a"],
    ["an underscore at the end", "01941f297c007000800000000000000_"],
    ["digits of another script", `${"٣".repeat(32)}`],
  ])("is not %s", (_, text) => {
    expect(parseUuid(text)).toBeUndefined();
  });

  test("is the same UUID in each of its spellings", () => {
    const braces = fc.string({ unit: fc.constantFrom("{", "}"), maxLength: 3 });
    const prefix = fc.constantFrom("", "urn:", "uuid:", "urn:uuid:");
    fc.assert(
      fc.property(fc.uuid(), prefix, braces, braces, fc.boolean(), (uuid, before, left, right, capitals) => {
        expect(parseUuid(`${before}${left}${capitals ? uuid.toUpperCase() : uuid}${right}`)).toBe(uuid);
      }),
    );
  });
});
