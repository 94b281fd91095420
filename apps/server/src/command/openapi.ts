import { writeFile } from "node:fs/promises";
import { openapi } from "@dayzero-tokens/contract/openapi";
import { controlOpenapi } from "../steering/info.ts";

export interface OpenapiOptions {
  /** The control plane's document in the place of the API's. */
  readonly control: boolean;
  /** The API's document in the enveloped revision. */
  readonly envelope: boolean;
  /** The file that it goes to; without one, stdout. */
  readonly out?: string;
}

/** `dayzero-double openapi`: writes an OpenAPI 3.1 document. */
export async function writeOpenapi({ control, envelope, out }: OpenapiOptions): Promise<void> {
  const document = `${JSON.stringify(control ? controlOpenapi() : openapi({ envelope }), null, 2)}\n`;
  if (out === undefined) process.stdout.write(document);
  else await writeFile(out, document);
}
