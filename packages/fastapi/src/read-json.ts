import { readPythonJson } from "./python-json-reader.ts";

// Numbers that JavaScript would change, object keys that it would move, nesting that Python would refuse.
const needsPythonsReader = /\d[.eE]|\d{16}|-0|"(?:(?:\\u003)?\d)+"[ \t\n\r]*:/;
const shallow = 900;

/** A JSON text, read as Python's `json.loads` reads it. Throws {@link PythonJsonError} or {@link BeyondPython}. */
export function readJson(text: string): unknown {
  if (needsPythonsReader.test(text) || text.length > shallow) return readPythonJson(text);
  try {
    return JSON.parse(text);
  } catch {
    return readPythonJson(text);
  }
}
