import {
  BeyondPython,
  decodeJsonBytes,
  PythonJsonError,
  readJson,
  UndecodableText,
  Unserializable,
  writeJson,
} from "@dayzero-tokens/fastapi";
import type { Verdict } from "./python.ts";

/** What our reader and writer make of a body. */
export function judge(body: Buffer): Verdict {
  try {
    return { kind: "value", text: writeJson(readJson(decodeJsonBytes(body))) };
  } catch (error) {
    if (error instanceof PythonJsonError) return { kind: "error", message: error.message, position: error.position };
    if (error instanceof UndecodableText) return { kind: "undecodable" };
    if (error instanceof BeyondPython) return { kind: "beyond" };
    if (error instanceof Unserializable) return { kind: "unwritable" };
    throw error;
  }
}
