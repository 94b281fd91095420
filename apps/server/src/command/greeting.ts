import { resolve } from "node:path";
import { styleText } from "node:util";
import { quote } from "../conformance/as-curl.ts";
import type { Listening } from "../transport/listen.ts";
import { version } from "../world/version.ts";
import { wellKnown } from "../world/well-known.ts";
import { callableUrl } from "./callable-url.ts";

/** What a start is announced with. */
export interface Started extends Pick<Listening, "url"> {
  /** Where one was made up: this is the only time that it is shown. */
  readonly madeUpControlToken: string | undefined;
  /** The certificate, and the file that it is from. */
  readonly certificate: string | undefined;
  readonly certificateFile: string | undefined;
}

/** The first line of `--json`. */
export const readyRecord = ({ url, madeUpControlToken }: Started) => ({
  event: "ready",
  url,
  token: wellKnown.secret,
  business_id: wellKnown.businessId,
  control_url: `${url}/_double`,
  ...(madeUpControlToken !== undefined && { control_token: madeUpControlToken }),
});

/** What a person sees at start: what this is, what to call it with, and a curl that works when pasted. */
export const greeting = ({ url, madeUpControlToken, certificate, certificateFile }: Started) => `\
${styleText("bold", `dayzero-double ${version}`)}, a fake of the DayZero api-tokens routes (unofficial; nothing leaves this machine)

  url          ${styleText("cyan", url)}
  control      ${styleText("cyan", `${url}/_double`)}
  business     ${wellKnown.businessId}
  token        ${wellKnown.secret}
${madeUpControlToken === undefined ? "" : `  control token, shown this once: ${madeUpControlToken}\n`}
Try it:

  curl -X POST ${callableUrl(url, certificate)}/api/v1/tokens \\
${certificateFile === undefined ? "" : `    --cacert ${quote(resolve(certificateFile))} \\\n`}\
    -H 'Authorization: Bearer ${wellKnown.secret}' \\
    -H 'x-business-id: ${wellKnown.businessId}' \\
    -H 'Content-Type: application/json' \\
    -d '{"name": "ci"}'

Ctrl-C stops it.
`;
