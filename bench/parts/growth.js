import { hash } from "node:crypto";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { wellKnown } from "@dayzero-tokens/server";
import { summaryOf } from "../measure/summary.js";
import { withDouble } from "../measure/with-double.js";
import { target } from "./part.js";

setFlagsFromString("--expose-gc");
/** @type {() => void} */
const collectGarbage = runInNewContext("gc");

const [few, many] = [1000, 1_000_000];
/** @typedef {import("@dayzero-tokens/server").Double} Double */

/** One user's tokens grow from a thousand to a million. @returns {Promise<import("./part.js").PartResult>} */
export const growth = () => withDouble({ maxActiveTokens: 0 }, grow);

/** @param {Double} double */
async function grow(double) {
  await fill(double, 0, few);
  await timesOf(double, few);
  const before = await timesOf(double, few);
  collectGarbage();
  const heap = process.memoryUsage().heapUsed;
  await fill(double, few, many);
  collectGarbage();
  const bytes = (process.memoryUsage().heapUsed - heap) / (many - few);
  const after = await timesOf(double, many);
  const rows = Object.entries(after).map(([what, value]) => {
    const ratio = value.median / (before[what]?.median ?? Number.NaN);
    return { candidate: "1,000,000 tokens", what, unit: "µs", value, ratio: summaryOf([ratio]) };
  });
  const ofCalls = rows.filter(({ what }) => what.startsWith("call"));
  const worst = Math.max(...ofCalls.map(({ ratio }) => ratio.median));
  return {
    title: "From 1,000 tokens of one user to 1,000,000",
    rows,
    targets: [
      target("every call within 2 × of its time at 1,000; the worst", worst, (ratio) => ratio <= 2),
      target("≤ 600 bytes a token", bytes, (size) => size <= 600),
    ],
  };
}

const secretOf = (/** @type {number} */ index) => `dz_${index}`;

const record = (/** @type {number} */ index) => {
  const id = `01941f29-7c00-7000-8000-${index.toString(16).padStart(12, "0")}`;
  const jti = id.replace("8000", "9000");
  const digest = hash("sha256", secretOf(index), "base64url");
  const { user, businessId } = wellKnown;
  const createdAt = wellKnown.token.createdAt + 1000 + index;
  const owner = { userId: user.id, businessId };
  const rest = { name: `token ${index}`, description: null, prefix: "dz_eyJ...", lastUsedAt: null, revocation: null };
  return { id, jti, digest, ...owner, createdAt, expiresAt: createdAt + 3e12, ...rest };
};

/** @param {Double} double @param {number} from @param {number} to */
async function fill({ world }, from, to) {
  for (let index = from; index < to; index += 1) await world.tokens.add(record(index), 0, 0);
}

/** @param {Double} double @param {number} count @returns {Promise<Record<string, import("../measure/summary.js").Summary>>} */
async function timesOf({ world, fetch }, count) {
  const { tokens } = world;
  const owner = { userId: wellKnown.user.id, businessId: wellKnown.businessId };
  const sort = /** @type {const} */ ({ by: "created_at", descending: true });
  const query = /** @type {const} */ ({ sort, limit: 50, includeRevoked: false, direction: "next" });
  const pick = (/** @type {number} */ round) => record((round * 7919) % count);
  const headers = {
    authorization: `Bearer ${wellKnown.secret}`,
    "x-business-id": owner.businessId,
    "content-type": "application/json",
  };
  const call = async (/** @type {string} */ path, /** @type {RequestInit} */ init = {}) =>
    (await fetch(`http://double/api/v1/tokens${path}`, { headers, ...init })).text();
  const callBy = (/** @type {number} */ index) =>
    call("?limit=1", { headers: { ...headers, authorization: `Bearer ${secretOf(index)}` } });
  const post = (/** @type {string} */ path, /** @type {string} */ body) => call(path, { method: "POST", body });
  return {
    "store: create": await times((round) => tokens.add(record(count * 2 + round), 0, 0)),
    "store: page": await times(() => tokens.page(owner, query)),
    "store: lookup": await times((round) => tokens.findByDigest(pick(round).digest)),
    "store: revoke": await times((round) =>
      tokens.update(pick(round).id, owner, (token) => ({ ...token, lastUsedAt: round })),
    ),
    "call: create": await times(() => post("", '{"name":"one more"}')),
    "call: page": await times(() => call("?limit=50")),
    // Each time another of the tokens says who is asking.
    "call: lookup": await times((round) => callBy((round * 7919 + 2) % count)),
    "call: revoke": await times((round) => post(`/${pick(round * 3 + 1).id}/revoke`, "{}")),
  };
}

/** Microseconds of each of many runs, in batches of ten. @param {(round: number) => Promise<unknown>} work */
async function times(work) {
  const values = [];
  for (let round = 0; round < 400; round += 10) {
    const started = performance.now();
    for (let index = 0; index < 10; index += 1) await work(round + index);
    values.push((performance.now() - started) * 100);
  }
  return summaryOf(values);
}
