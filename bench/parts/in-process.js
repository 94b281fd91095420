import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { wellKnown } from "@dayzero-tokens/server";
import { alternate } from "../measure/rounds.js";
import { withDouble } from "../measure/with-double.js";
import { inPeer, installPeers } from "../peers/install.js";
import { medianRatio, rowsOf, target } from "./part.js";

const socket = "fetch over loopback";
const local = "double.fetch";

const run = promisify(execFile);

/** The same call by the platform's fetch, without a socket, and by the platform's fetch where MSW intercepts it. @returns {Promise<import("./part.js").PartResult>} */
export const inProcess = () => withDouble({ maxActiveTokens: 0 }, compare);

/** @param {import("@dayzero-tokens/server").Double} double */
async function compare(double) {
  const { there, remarks } = await installPeers(["msw"]);
  const own = [
    { name: local, perSecond: () => callsInASecond(double.fetch, double.url) },
    { name: socket, perSecond: () => callsInASecond(fetch, double.url) },
  ];
  const msw = { name: "MSW", rounds: 3, perSecond: mswCallsInASecond };
  for (const { perSecond } of own) await perSecond();
  const measured = await alternate([...own, ...(there.has("msw") ? [msw] : [])], 9, ({ perSecond }) => perSecond());
  const what = "one at a time";
  const rows = rowsOf(measured, { what, unit: "/s", reference: socket });
  return {
    title: "Create in process",
    rows,
    targets: [target("≥ 3 × the calls over a loopback socket", medianRatio(rows, local, what), (ratio) => ratio >= 3)],
    remarks,
  };
}

async function mswCallsInASecond() {
  const { stdout } = await run(process.execPath, [inPeer("msw", "msw-tokens.mjs")]);
  return Number(stdout);
}

/** @param {typeof globalThis.fetch} fetch @param {string} url */
async function callsInASecond(fetch, url) {
  const until = performance.now() + 1000;
  let calls = 0;
  for (; performance.now() < until; calls += 1) await create(fetch, url);
  return calls;
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
