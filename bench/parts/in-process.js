import { wellKnown } from "@dayzero-tokens/server";
import { alternate } from "../measure/rounds.js";
import { withDouble } from "../measure/with-double.js";
import { medianRatio, rowsOf, target } from "./part.js";

const socket = "fetch over loopback";
const local = "double.fetch";

/** The same call by the platform's fetch, and without a socket. @returns {Promise<import("./part.js").PartResult>} */
export const inProcess = () => withDouble({ maxActiveTokens: 0 }, compare);

/** @param {import("@dayzero-tokens/server").Double} double */
async function compare(double) {
  const candidates = [
    { name: local, fetch: double.fetch },
    { name: socket, fetch: globalThis.fetch },
  ];
  const perSecond = async (/** @type {{ fetch: typeof fetch }} */ candidate) => {
    const until = performance.now() + 1000;
    let calls = 0;
    for (; performance.now() < until; calls += 1) await create(candidate.fetch, double.url);
    return calls;
  };
  for (const candidate of candidates) await perSecond(candidate);
  const what = "one at a time";
  const rows = rowsOf(await alternate(candidates, 9, perSecond), { what, unit: "/s", reference: socket });
  return {
    title: "Create in process",
    rows,
    targets: [target("≥ 3 × the calls over a loopback socket", medianRatio(rows, local, what), (ratio) => ratio >= 3)],
  };
}

/** @param {typeof fetch} fetch @param {string} url */
async function create(fetch, url) {
  const response = await fetch(`${url}/api/v1/tokens`, {
    method: "POST",
    headers: {
      authorization: `Bearer ${wellKnown.secret}`,
      "x-business-id": wellKnown.businessId,
      "content-type": "application/json",
    },
    body: '{"name":"ci"}',
  });
  if (response.status !== 201) throw new Error(`answered ${response.status}`);
  await response.json();
}
