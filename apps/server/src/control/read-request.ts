import type * as z from "zod";
import { explainIssues } from "./explain-issues.ts";
import { maskText } from "./mask.ts";

/** The request as its schema reads it. Throws a RangeError with the words that the control plane answers over HTTP. */
export function readRequest<S extends z.ZodType>(schema: S, request: unknown): z.output<S> {
  const result = schema.safeParse(request);
  if (result.success) return result.data;
  throw new RangeError(maskText(explainIssues(result.error.issues, schema)));
}
