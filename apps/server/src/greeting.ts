import type { Double } from "./double.ts";
import { version } from "./version.ts";
import { wellKnown } from "./well-known.ts";

/** The first line of `--json`. */
export const readyRecord = ({ url }: Double) => ({
  event: "ready",
  url,
  token: wellKnown.secret,
  business_id: wellKnown.businessId,
});

/** What a person sees at start: what this is, what to call it with, and a curl that works when pasted. */
export const greeting = ({ url }: Double) => `\
dayzero-double ${version}, a fake of the DayZero api-tokens routes (unofficial; nothing leaves this machine)

  url          ${url}
  business     ${wellKnown.businessId}
  token        ${wellKnown.secret}

Try it:

  curl -X POST ${url}/api/v1/tokens \\
    -H 'Authorization: Bearer ${wellKnown.secret}' \\
    -H 'x-business-id: ${wellKnown.businessId}' \\
    -H 'Content-Type: application/json' \\
    -d '{"name": "ci"}'

Ctrl-C stops it.
`;
