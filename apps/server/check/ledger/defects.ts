import type { LedgerId } from "../../src/conformance/ledger.ts";

/** A way to break a rule: what stands in a source exactly once, and what is put in its place. */
export interface Defect {
  /** From the package on. */
  readonly file: string;
  readonly find: string;
  readonly put: string;
}

const inFile =
  (file: string) =>
  (find: string, put: string): Defect => ({ file, find, put });

const answer = inFile("src/exchange/answer.ts");
const app = inFile("src/app.ts");
const authenticate = inFile("src/exchange/access/authenticate.ts");
const authorize = inFile("src/exchange/access/authorize.ts");
const bearer = inFile("../../packages/fastapi/src/bearer.ts");
const contentType = inFile("../../packages/fastapi/src/content-type.ts");
const cursor = inFile("src/tokens/cursor.ts");
const decodeText = inFile("../../packages/fastapi/src/decode-text.ts");
const errors = inFile("src/exchange/answer-error.ts");
const firstHeader = inFile("../../packages/fastapi/src/first-header.ts");
const ids = inFile("src/world/ids.ts");
const instant = inFile("src/tokens/instant.ts");
const limitRate = inFile("src/exchange/access/limit-rate.ts");
const matcher = inFile("../../packages/fastapi/src/match-route.ts");
const mint = inFile("src/tokens/mint-token.ts");
const page = inFile("src/tokens/token-page.ts");
const perform = inFile("src/exchange/perform-operation.ts");
const problems = inFile("../../packages/fastapi/src/problems.ts");
const pydantic = inFile("../../packages/fastapi/src/pydantic.ts");
const query = inFile("../../packages/fastapi/src/query.ts");
const readBody = inFile("src/exchange/read-body.ts");
const router = inFile("src/exchange/route-request.ts");
const routes = inFile("src/exchange/token-routes.ts");
const secret = inFile("src/tokens/secret.ts");
const sort = inFile("src/tokens/token-sort.ts");
const store = inFile("src/state/memory/memory-token-store.ts");
const token = inFile("src/tokens/token.ts");
const uuid = inFile("../../packages/fastapi/src/uuid.ts");
const wire = inFile("src/exchange/token-wire.ts");
const writeJson = inFile("../../packages/fastapi/src/write-json.ts");

const noInput = problems("input: found ?? null", "input: null");

/** For each rule that tests or recorded answers hold, how to break it: each of those fails with one of them. */
export const defects: Readonly<Partial<Record<LedgerId, readonly Defect[]>>> = {
  "route.not-found": [
    errors(
      "send(res, detail === undefined ?",
      'send(res, status === 404 ? { status, headers: { "content-type": "text/html" }, text: "<p>" } : detail === undefined ?',
    ),
    matcher("percentDecode(rawPath)", "rawPath"),
  ],
  "route.not-here": [router('path.startsWith("/api/v1/")', 'path.startsWith("/api/v2/")')],
  "route.method-not-allowed": [router(", { allow: found.allow }", "")],
  "route.trailing-slash": [router("307, undefined", "308, undefined")],
  "body.invalid-json": [readBody('msg: "JSON decode error"', 'msg: "Invalid JSON"')],
  "body.unreadable": [readBody('400, "There was an error parsing the body"', '422, "There was an error"')],
  "body.too-large": [readBody("8 * 1024 * 1024", "8 * 1024 * 1024 - 1")],
  "rate-limit.exceeded": [limitRate(', { "retry-after": "1" }', "")],
  "credentials.expired": [token("at >= token.expiresAt", "at > token.expiresAt")],
  "credentials.revoked": [authenticate("if (token.revocation !== null)", "if (false)")],
  "credentials.malformed": [secret('return "malformed"', 'return "unknown"')],
  "credentials.signature": [secret(' : "signature";', ' : "unknown";')],
  "credentials.unknown": [authenticate("token === undefined || user === undefined", "token === undefined")],
  "credentials.scheme-case": [bearer('.toLowerCase() !== "bearer"', ' !== "Bearer"')],
  "business.no-access": [
    authorize('notEnoughPermissions("business.no-access")', 'invalidParameters("business.no-access")'),
  ],
  "business.uuid-spelling": [uuid('.replaceAll("uuid:", "")', "")],
  "permission.missing": [
    authorize('createToken: "write"', 'createToken: "read"'),
    authorize('listTokens: "read"', 'listTokens: "write"'),
    authorize('revokeToken: "write"', 'revokeToken: "read"'),
  ],
  "order.credentials-before-fields": [
    authenticate(
      'const header = firstHeader(req, "authorization");',
      'if (typeof Object(req.body).reason === "number") return next(Object.assign(notAuthenticated("credentials.absent"), { status: 422 })); const header = firstHeader(req, "authorization");',
    ),
  ],
  "order.business-before-fields": [
    authorize(
      'const header = firstHeader(req, "x-business-id");',
      'if (typeof Object(req.body).name === "number") return next(Object.assign(invalidParameters("business.absent"), { status: 422 })); const header = firstHeader(req, "x-business-id");',
    ),
  ],
  "order.fields-before-operation": [
    perform("if (problems.length > 0)", 'if (problems.length > 0 && exchange.operation === "listTokens")'),
  ],
  "fields.invalid": [problems("issues.map(", "issues.slice(0, 1).map("), noInput],
  "body.content-type": [
    contentType("return type ===", "return true || type ==="),
    contentType("return type ===", "return false && type ==="),
  ],
  "body.not-an-object": [problems('"model_attributes_type"', '"dict_type"')],
  "body.encodings": [
    decodeText('if (starts(0xff, 0xfe)) return ["utf-16le", 2];', ""),
    decodeText("decodeUtf8(rest) ?? decodeUtf8WithSurrogates(rest)", "strictly(rest)"),
  ],
  "scalars.lax": [
    pydantic(
      'if (typeof input !== "string") return stringType;',
      "if (typeof input !== 'string') return String(input);",
    ),
    pydantic("return readIntegerText(input);", "return integerType;"),
    pydantic('case "bigint":\n      return input;', 'case "bigint":\n      return integerType;'),
    pydantic("return input ? 1 : 0;", "return integerType;"),
    pydantic("? input : integerFraction", "? input : integerType"),
    pydantic("yes.has(word) ? true", "yes.has(input) ? true"),
  ],
  "query.last-counts": [query("query[decode(name)] =", "query[decode(name)] ??=")],
  "header.first-counts": [
    firstHeader("?.[0]", "?.at(-1)"),
    readBody('firstHeader(req, "content-type")', 'req.headersDistinct["content-type"]?.at(-1)'),
  ],
  "reply.form": [
    answer('{ "content-type": "application/json" }', '{ "content-type": "application/json; charset=utf-8" }'),
  ],
  "reply.envelope": [
    perform("status < 300 && speaksEnvelopes", "speaksEnvelopes"),
    perform("world.sandboxes.get(businessId)?.envelope ?? world.envelope", "world.envelope"),
  ],
  "reply.marked": [app("if (world.marksReplies)", "if (false)")],
  "reply.unserializable": [
    writeJson('throw new Unserializable("not a finite number")', 'return "null"'),
    writeJson('if (!value.isWellFormed()) throw new Unserializable("a lone surrogate");', ""),
  ],
  "double.broken": [answer('text: "Internal Server Error"', 'text: "It broke"')],
  "create.created": [routes("name, description, createdAt, expiresAt }", "name, createdAt, expiresAt }")],
  "create.limit": [
    store("active >= limit", "active > limit"),
    store("if (isActive(token, at)) active", "if (token.revocation === null) active"),
  ],
  "create.limit-per-user": [
    store(
      "this.#hasActive(token.userId, limit, at)",
      "this.#listOf(token).filter(({ token: each }) => isActive(each, at)).length >= limit",
    ),
    store(
      "this.#hasActive(token.userId, limit, at)",
      "(await this.all(token.businessId)).filter((each) => isActive(each, at)).length >= limit",
    ),
  ],
  "create.ids": [ids("0x7000", "0x4000")],
  "create.prefix": [secret("slice(0, 6)", "slice(0, 7)")],
  "create.secret": [secret('alg: "HS256"', 'alg: "HS384"')],
  "create.expiry": [routes("(days ?? 365) * day", "(days ?? 365) * day - 1000")],
  "create.default-expiry": [routes("days ?? 365", "days ?? 364")],
  "create.usable": [routes("{ token: secret,", "{ token: secret.slice(0, -1),")],
  "create.invalid-fields": [
    noInput,
    problems('{ type: "missing", msg: "Field required" }', '{ type: "missing", msg: "Missing" }'),
    pydantic('complaint("missing", "Field required")', 'complaint("missing", "Missing")'),
  ],
  "secret.shown-once": [mint("prefix: prefixOf(secret)", "prefix: secret")],
  "token.last-used": [authenticate("touchToken(current, at)", "current")],
  "time.form": [instant('ms % 1000 === 0 ? ""', 'ms % 1000 === 0 ? ".000000"')],
  "list.listed": [wire('token_type: "api"', "token_type: null")],
  "list.order": [routes("descending: query.descending", "descending: !query.descending")],
  "list.sort-by": [sort("return token.name;", "return token.createdAt;"), sort("? unit + 0x10000 :", "? unit :")],
  "list.total": [routes("query.include_total_count ?", "!query.include_total_count ?")],
  "list.limit-bounds": [routes("limit = 50", "limit = 100")],
  "list.revoked-hidden": [routes("limit, includeRevoked, direction", "limit, includeRevoked: true, direction")],
  "list.own-only": [
    store("?.get(userId) ?? [];", "?.get(userId) && [...(this.#lists.get(businessId)?.values() ?? [])].flat();"),
  ],
  "list.pages": [page("order === 0 && standsBefore", "order === 0 && !standsBefore")],
  "list.unknown-direction": [routes('if (direction !== "next" && direction !== "prev")', 'if (direction === "")')],
  "list.unknown-sort": [routes('(query.sort_by ?? "created_at");', '(query.sort_by ?? "created_at") ?? "created_at";')],
  "list.bad-cursor": [cursor("return {};", 'throw new Error("no cursor");')],
  "list.cursor-of-another-sort": [
    cursor(" || sort_by !== sort.by", ""),
    cursor(" || descending !== sort.descending", ""),
  ],
  "revoke.revoked": [routes("at: clock.now(caller.businessId)", "at: caller.token.createdAt")],
  "revoke.already-revoked": [token("token.revocation === null ? {", "true ? {")],
  "revoke.optional-body": [routes("body?.reason ?? null", 'body?.reason ?? ""')],
  "revoke.by": [authenticate('firstHeader(req, "x-user-email") ?? user.email', "user.email")],
  "revoke.itself": [
    routes(
      "if (update === undefined) return",
      "if (update === undefined || update.after.id === caller.token.id) return",
    ),
  ],
  "revoke.own-only": [
    store("before.userId !== owner.userId ||", ""),
    store("before.businessId !== owner.businessId", "false"),
  ],
};
