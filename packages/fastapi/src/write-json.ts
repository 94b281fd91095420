import { keysOf } from "./key-order.ts";
import { PythonFloat } from "./python-float.ts";

/** Python's `json.dumps` as FastAPI calls it cannot write this value: the reply is a 500. */
export class Unserializable extends Error {}

/** A JSON text as Python writes it: compact, non-ASCII unescaped, numbers in Python's spelling. */
export function writeJson(value: unknown): string {
  switch (typeof value) {
    case "string":
      if (!value.isWellFormed()) throw new Unserializable("a lone surrogate");
      return JSON.stringify(value);
    case "number":
      return Number.isInteger(value) ? String(value) : floatText(value);
    case "bigint":
    case "boolean":
      return String(value);
    case "object":
      if (value === null) return "null";
      if (value instanceof PythonFloat) return floatText(value.value);
      if (Array.isArray(value)) return `[${value.map(writeJson).join(",")}]`;
      return `{${membersOf(value).join(",")}}`;
    default:
      throw new Unserializable(`a ${typeof value}`);
  }
}

function membersOf(object: object): string[] {
  const values = new Map(Object.entries(object));
  return keysOf(object).flatMap((key) => {
    const value: unknown = values.get(key);
    return value === undefined ? [] : [`${writeJson(key)}:${writeJson(value)}`];
  });
}

/** Python's `repr` of a float: as few digits as JavaScript, but `1.0`, `1e+16` and `1e-05`. */
function floatText(value: number): string {
  if (!Number.isFinite(value)) throw new Unserializable("not a finite number");
  const [mantissa = "", exponent = "0"] = value.toExponential().split("e");
  const power = Number(exponent);
  if (power < -4 || power >= 16) {
    return `${mantissa}e${power < 0 ? "-" : "+"}${String(Math.abs(power)).padStart(2, "0")}`;
  }
  if (!Number.isInteger(value)) return String(value);
  return Object.is(value, -0) ? "-0.0" : `${value}.0`;
}
