// The part of the job that both hand-written programs share: mint, remember, find, page, write.
import { createHmac, createSecretKey, hash, randomUUID } from "node:crypto";

const key = createSecretKey("the yardstick signs with this", "utf8");
const header = Buffer.from(JSON.stringify({ alg: "HS256", typ: "JWT" })).toString("base64url");

/**
 * @typedef {object} Token
 * @property {string} id @property {string} jti @property {string} userId @property {string} businessId
 * @property {string} name @property {string | null} description @property {string} prefix @property {string} digest
 * @property {number} createdAt @property {number} expiresAt @property {number | null} lastUsedAt
 */

/** @type {Map<string, Token>} */
const byDigest = new Map();
/** In the order of creation, by user and business. @type {Map<string, Token[]>} */
const lists = new Map();

export const userId = randomUUID();
export const businessId = randomUUID();
const permissions = new Map([[`${userId} ${businessId}`, new Set(["read", "write"])]]);

/**
 * Signs a token, keeps its record and returns both.
 * @param {{ name: string, description: string | null, days: number }} wanted
 */
export function createToken({ name, description, days }) {
  const createdAt = Date.now();
  const expiresAt = createdAt + days * 86_400_000;
  const jti = randomUUID();
  const claims = {
    jti,
    sub: userId,
    type: "api",
    iat: Math.floor(createdAt / 1000),
    exp: Math.floor(expiresAt / 1000),
  };
  const signed = `${header}.${Buffer.from(JSON.stringify(claims)).toString("base64url")}`;
  const secret = `dz_${signed}.${createHmac("sha256", key).update(signed).digest("base64url")}`;
  const token = {
    id: randomUUID(),
    jti,
    userId,
    businessId,
    name,
    description,
    prefix: `${secret.slice(0, 6)}...`,
    digest: digestOf(secret),
    createdAt,
    expiresAt,
    lastUsedAt: null,
  };
  byDigest.set(token.digest, token);
  const owner = `${userId} ${businessId}`;
  const list = lists.get(owner);
  if (list === undefined) lists.set(owner, [token]);
  else list.push(token);
  return { secret, token };
}

const digestOf = (/** @type {string} */ secret) => hash("sha256", secret, "base64url");

/**
 * Who is asking, or the status of the refusal. The digest of the whole secret is looked up: only what was minted here,
 * signature included, is found.
 * @param {import("node:http").IncomingHttpHeaders} headers @param {"read" | "write"} permission
 * @returns {Token | 400 | 401 | 403}
 */
export function callerOf(headers, permission) {
  const { authorization } = headers;
  if (authorization === undefined || !/^bearer /i.test(authorization)) return 401;
  const token = byDigest.get(digestOf(authorization.slice(7)));
  if (token === undefined) return 401;
  const now = Date.now();
  if (now >= token.expiresAt) return 401;
  token.lastUsedAt = now;
  const business = headers["x-business-id"];
  if (typeof business !== "string" || !/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(business)) return 400;
  const granted = permissions.get(`${token.userId} ${business.toLowerCase()}`);
  return granted?.has(permission) ? token : 403;
}

/**
 * The newest tokens first, from behind the given cursor.
 * @param {Token} caller @param {number} limit @param {string | null} cursor
 */
export function pageOf(caller, limit, cursor) {
  const all = lists.get(`${caller.userId} ${caller.businessId}`) ?? [];
  const end = cursor === null ? all.length : Number(Buffer.from(cursor, "base64url").toString());
  const start = Math.max(0, end - limit);
  const items = [];
  for (let index = end - 1; index >= start; index -= 1) {
    const token = all[index];
    if (token !== undefined) items.push(onTheWire(token));
  }
  const cursorAt = (/** @type {number} */ index) => Buffer.from(String(index)).toString("base64url");
  return {
    items,
    total: null,
    limit,
    next_cursor: start > 0 ? cursorAt(start) : null,
    prev_cursor: end < all.length ? cursorAt(Math.min(all.length, end + limit)) : null,
    has_next: start > 0,
    has_prev: end < all.length,
  };
}

export const onTheWire = (/** @type {Token} */ token) => ({
  id: token.id,
  jti: token.jti,
  name: token.name,
  description: token.description,
  token_prefix: token.prefix,
  token_type: "api",
  created_at: instant(token.createdAt),
  last_used_at: token.lastUsedAt === null ? null : instant(token.lastUsedAt),
  expires_at: instant(token.expiresAt),
  revoked_at: null,
  revocation_reason: null,
});

const instant = (/** @type {number} */ at) => new Date(at).toISOString();
