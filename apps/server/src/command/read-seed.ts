import { Seed } from "@dayzero-tokens/contract/control";
import { explainIssues } from "../steering/explain-issues.ts";
import { readDocument } from "./read-document.ts";
import { UsageError } from "./usage-error.ts";

/** The seed in a file. One that breaks the schema is refused with each place where it does. */
export async function readSeed(path: string): Promise<Seed> {
  const seed = Seed.safeParse(withoutSchema(await readDocument(path)));
  if (seed.success) return seed.data;
  throw new UsageError(`${path}: ${explainIssues(seed.error.issues, Seed)}`);
}

/** `$schema` is for editors. */
function withoutSchema(document: unknown): unknown {
  if (typeof document !== "object" || document === null || !("$schema" in document)) return document;
  const { $schema, ...seed } = document;
  return seed;
}
