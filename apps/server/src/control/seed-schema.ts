import { Seed } from "@dayzero-tokens/contract/control";
import * as z from "zod";

/** The JSON Schema of a seed file, for editors. */
export function seedSchema(): object {
  // Anew, so that it has no name: what has one stands among the definitions.
  const { $schema, properties, ...schema } = z.toJSONSchema(z.strictObject(Seed.shape), {
    io: "input",
    unrepresentable: "any",
    // The format says it all, and can be read.
    override: ({ jsonSchema }) => {
      if (jsonSchema.format !== undefined) delete jsonSchema.pattern;
    },
  });
  return {
    $schema,
    title: "Seed of a dayzero-double",
    description: "Who and what a double is to know. Everything that is left out is made up.",
    ...schema,
    properties: { $schema: { type: "string", description: "For editors" }, ...properties },
  };
}
