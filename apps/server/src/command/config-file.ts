import { dirname, resolve } from "node:path";
import { suggest } from "../steering/explain-issues.ts";
import { readDocument } from "./read-document.ts";
import type { Source } from "./settings.ts";
import { canComeFrom, kebab, type StartOption, startOptionList, startOptions } from "./start-options.ts";
import { UsageError } from "./usage-error.ts";

/** Settings from a file whose keys are the flags without their dashes. */
export async function configSource(path: string): Promise<Source> {
  const document = await readDocument(path, { scalars: "text" });
  if (!isRecord(document)) throw new UsageError(`${path}: must be settings by name, such as "port: 4010"`);
  const known = startOptionList.flatMap(([name, option]) => (canComeFrom("file", option) ? [kebab(name)] : []));
  const unknown = Object.keys(document).find((key) => !known.includes(key));
  if (unknown !== undefined) {
    throw new UsageError(`${path}: unknown name ${JSON.stringify(unknown)}${suggest(unknown, known)}`);
  }
  return (name) => {
    const key = kebab(name);
    const value = document[key];
    if (value === undefined || !known.includes(key)) return undefined;
    const where = `${path}: ${key}`;
    return { text: textOf(value, startOptions[name], { where, folder: dirname(path) }), where };
  };
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

function textOf(value: unknown, option: StartOption<unknown>, { where, folder }: { where: string; folder: string }) {
  if (option.isList && Array.isArray(value) && value.every(isScalar)) return value.join(",");
  if (!isScalar(value)) throw new UsageError(`${where} must ${option.kind.must}`);
  return option.isPath && value !== "" ? resolve(folder, String(value)) : String(value);
}

const isScalar = (value: unknown) =>
  typeof value === "string" || typeof value === "number" || typeof value === "boolean";
