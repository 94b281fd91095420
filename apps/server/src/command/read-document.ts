import { extname } from "node:path";
import { PythonJsonError, readPythonJson } from "@dayzero-tokens/fastapi";
import { readText } from "./read-text.ts";
import { UsageError } from "./usage-error.ts";

export interface Reading {
  /** `text` leaves the scalars of a YAML file as they are written: `007` stays `007`. */
  readonly scalars?: "text" | "typed";
}

/** What is in a JSON or YAML file, told apart by the extension. What is neither is refused by line and column. */
export async function readDocument(path: string, { scalars = "typed" }: Reading = {}): Promise<unknown> {
  switch (extname(path).toLowerCase()) {
    case ".json":
      return readJson(path, await readText(path));
    case ".yaml":
    case ".yml":
      return readYaml(path, await readText(path), scalars);
    default:
      throw new UsageError(`${path}: name it .json, .yaml or .yml, so that it is clear what it holds`);
  }
}

function readJson(path: string, text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch (cause) {
    throw new UsageError(`${path}${whyNoJson(text)}`, { cause });
  }
}

/** JavaScript's own parser does not always tell where. */
function whyNoJson(text: string): string {
  try {
    readPythonJson(text);
    return ": is no JSON";
  } catch (error) {
    if (!(error instanceof PythonJsonError)) return ": is no JSON";
    const lines = [...text].slice(0, error.position).join("").split("\n");
    return `:${lines.length}:${[...(lines.at(-1) ?? "")].length + 1}: is no JSON: ${error.message}`;
  }
}

async function readYaml(path: string, text: string, scalars: Reading["scalars"]): Promise<unknown> {
  // Loaded only here: a start without such a file need not wait for it.
  const { LineCounter, parseDocument } = await import("yaml");
  const lineCounter = new LineCounter();
  const document = parseDocument(text, {
    lineCounter,
    prettyErrors: false,
    schema: scalars === "text" ? "failsafe" : "core",
  });
  const [error] = document.errors;
  if (error === undefined) return document.toJS();
  const { line, col } = lineCounter.linePos(error.pos[0]);
  throw new UsageError(`${path}:${line}:${col}: is no YAML: ${error.message}`, { cause: error });
}
