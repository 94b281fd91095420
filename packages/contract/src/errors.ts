import * as z from "zod";

/** The body of every refusal but a 422 (upstream's error-handling guide). */
export const ErrorBody = z.object({ detail: z.string() });
export type ErrorBody = z.infer<typeof ErrorBody>;

/** One complaint about one place of the request. */
export const ValidationError = z
  .object({
    loc: z.array(z.union([z.string(), z.int()])),
    msg: z.string(),
    type: z.string(),
    // FastAPI echoes whatever was sent, of any type; upstream's page calls it an object, and so does the document.
    input: z.unknown().optional().meta({ type: "object" }),
    ctx: z.record(z.string(), z.unknown()).optional().meta({ type: "object", additionalProperties: undefined }),
  })
  .meta({ id: "ValidationError" });
export type ValidationError = z.infer<typeof ValidationError>;

/** The body of a 422. Every one has a `detail`; FastAPI's document requires none, and so does ours. */
export const HTTPValidationError = z
  .object({ detail: z.array(ValidationError) })
  .meta({ id: "HTTPValidationError", required: undefined });
export type HTTPValidationError = z.infer<typeof HTTPValidationError>;
