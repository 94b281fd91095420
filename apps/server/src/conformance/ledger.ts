import { type RuleSource, rules } from "@dayzero-tokens/contract";

/** A rule of the double: what it says, and what kind of thing it rests on. bases.ts says which. */
export interface LedgerRule {
  readonly source: RuleSource;
  readonly says: string;
}

const documented = (says: string) => ({ source: "documented", says }) as const;
const recorded = (says: string) => ({ source: "recorded", says }) as const;
const inferred = (says: string) => ({ source: "inferred", says }) as const;

/** Every rule: those that decide how an exchange ends, and those about what is in an answer. */
export const ledger = {
  ...rules,
  "credentials.challenge": inferred(
    "A 401 carries WWW-Authenticate: Bearer, as RFC 9110 asks and FastAPI's helpers do",
  ),
  "credentials.scheme-case": recorded(
    "The scheme of Authorization is read in any case, with any number of spaces behind it",
  ),
  "business.uuid-spelling": recorded("A business id is read in every spelling that Python's uuid.UUID takes"),
  "order.credentials-before-fields": inferred(
    "Credentials are checked before fields: dependencies are solved before fields are validated",
  ),
  "order.business-before-fields": inferred("The business is checked after the credentials and before fields"),
  "order.fields-before-operation": recorded("Fields are checked before the operation looks for anything"),
  "body.content-type": recorded(
    "Only application/json and application/…+json are read as JSON; any other body is a string",
  ),
  "body.not-an-object": recorded(
    "A body that is no object answers 422 model_attributes_type, its numbers echoed as Python spells them",
  ),
  "body.encodings": recorded(
    "JSON is read in UTF-8, UTF-16 and UTF-32, with or without byte order mark, surrogates let through",
  ),
  "scalars.lax": recorded("Strings are never coerced; integers and booleans are read as Pydantic's lax mode does"),
  "query.last-counts": recorded("The last of a repeated query parameter counts; unknown ones are ignored"),
  "header.first-counts": recorded("The first of a repeated header counts"),
  "reply.form": recorded("Replies are compact JSON, non-ASCII unescaped, application/json without charset, no etag"),
  "reply.envelope": inferred(
    "A success is bare or, where the double or the sandbox is asked for it, whole in data of {success, message, code, data}; refusals are always bare",
  ),
  "reply.marked": inferred("Replies carry x-dayzero-double with the version; it can be switched off"),
  "create.limit-per-user": documented("The limit of ten active tokens is per user, in all businesses together"),
  "create.ids": documented("Ids are UUIDv7"),
  "create.prefix": inferred("token_prefix is the first six characters of the secret and three dots"),
  "create.secret": inferred("The secret is dz_ and a compact JWS, HS256, with jti, sub, type, iat and exp"),
  "create.expiry": documented("A token expires expires_in_days after its creation, 1 to 365"),
  "create.default-expiry": inferred("expires_in_days absent or null means 365"),
  "create.usable": documented("The secret authenticates the very next request"),
  "create.invalid-fields": recorded("Invalid fields of a create answer 422, and nothing is created"),
  "secret.shown-once": documented("The secret is answered once, by the create, and never again"),
  "token.last-used": inferred("last_used_at is set by every request that the token authenticates"),
  "time.form": inferred("Date-times are UTC, RFC 3339, with six fractional digits, none at a whole second, and Z"),
  "list.order": inferred("A list is sorted by created_at, newest first, ties by id"),
  "list.descending": documented("descending=false turns the order round"),
  "list.sort-by": inferred(
    "A list sorts by created_at, name (by code point), expires_at or last_used_at; null is greater than everything",
  ),
  "list.total": documented("include_total_count=true counts; without it total is null"),
  "list.limit-bounds": inferred("A limit outside 1 to 1000 answers 422; 50 is the default"),
  "list.revoked-hidden": inferred("Expired tokens are listed; revoked ones only with include_revoked=true"),
  "list.own-only": inferred("A list holds the calling user's tokens in the business, and nobody else's"),
  "list.pages": documented("Cursors lead through the pages in both directions, without gaps or repeats"),
  "list.cursor-of-another-sort": inferred("A cursor that belongs to another column or direction answers 400"),
  "revoke.optional-body": documented("The body of a revoke may be absent or null"),
  "revoke.by": inferred("revoked_by is x-user-email where given, else the calling user's e-mail"),
  "revoke.itself": inferred("A token may revoke itself"),
  "revoke.own-only": documented("Another user's token, or one of another business, answers 404"),
} as const satisfies Record<string, LedgerRule>;

export type LedgerId = keyof typeof ledger;
