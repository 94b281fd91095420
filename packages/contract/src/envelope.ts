import * as z from "zod";

/**
 * A success as one of the two revisions of upstream's documentation has it; the other one sends the data bare. None of
 * the four is listed as required, and nobody may rely on the two texts. Refusals are the same in both.
 */
export const SuccessEnvelope = <Data extends z.ZodType>(data: Data) =>
  z.object({
    success: z.boolean().optional(),
    message: z.string().optional(),
    code: z.string().optional(),
    data: data.optional(),
  });
