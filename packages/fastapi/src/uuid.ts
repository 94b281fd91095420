const usual = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const outerSpace = /^\p{White_Space}+|\p{White_Space}+$/gu;
// The lookbehind has a run in the middle looked at once, not once for each brace.
const outerBraces = /^[{}]+|(?<![{}])[{}]+$/g;
const hexadecimal = /^\+?(?:0x_?)?([0-9a-f]+(?:_[0-9a-f]+)*)$/i;

/**
 * A UUID in any spelling that Python's `uuid.UUID` takes, in lower case with hyphens; undefined when it is none.
 * Python wants 32 characters that its `int` reads as a hexadecimal number: not only 32 digits.
 */
export function parseUuid(text: string): string | undefined {
  if (usual.test(text)) return text;
  const spelled = text.replaceAll("urn:", "").replaceAll("uuid:", "").replace(outerBraces, "").replaceAll("-", "");
  if (spelled.length !== 32) return undefined;
  const [, digits] = hexadecimal.exec(spelled.replace(outerSpace, "")) ?? [];
  if (digits === undefined) return undefined;
  const hex = digits.replaceAll("_", "").padStart(32, "0").toLowerCase();
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}
