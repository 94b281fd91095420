/**
 * Where a rule comes from: upstream's documentation, recorded answers of FastAPI, or an inference of ours where both
 * are silent.
 */
export type RuleSource = "documented" | "recorded" | "inferred";

/** Every way in which an exchange can end, and what it rests on. The journal names the rule that decided. */
export const rules = {
  "route.not-found": { source: "recorded", says: "An unknown path answers 404 Not Found" },
  "route.not-here": {
    source: "inferred",
    says: "A path under /api/v1 that the double has no route for answers 404 Not Found, whether DayZero has one or not",
  },
  "route.method-not-allowed": { source: "recorded", says: "A wrong method answers 405 and names the allowed one" },
  "route.trailing-slash": { source: "recorded", says: "A trailing slash answers 307 to the path without it" },
  "body.invalid-json": {
    source: "recorded",
    says: "A body that is no JSON answers 422 json_invalid, before credentials are looked at",
  },
  "body.unreadable": { source: "recorded", says: "A body that cannot be decoded answers 400" },
  "body.too-large": { source: "inferred", says: "A body over 8 MiB answers 413" },
  "rate-limit.exceeded": { source: "documented", says: "Too many requests answer 429; off unless asked for" },
  "credentials.absent": { source: "documented", says: "A request without Authorization answers 401" },
  "credentials.scheme": { source: "inferred", says: "An Authorization that is no Bearer answers 401" },
  "credentials.malformed": { source: "inferred", says: "A bearer that is no dz_ token answers 401" },
  "credentials.signature": { source: "inferred", says: "A token that somebody else signed answers 401" },
  "credentials.unknown": { source: "inferred", says: "A token that is not on record answers 401" },
  "credentials.expired": { source: "documented", says: "An expired token answers 401" },
  "credentials.revoked": { source: "documented", says: "A revoked token answers 401" },
  "business.absent": { source: "inferred", says: "A request without x-business-id answers 400" },
  "business.malformed": { source: "inferred", says: "An x-business-id that is no UUID answers 400" },
  "business.no-access": { source: "inferred", says: "A business that the user has no access to answers 403" },
  "permission.missing": {
    source: "documented",
    says: "A user without the permission for an operation is answered 403",
  },
  "fields.invalid": {
    source: "recorded",
    says: "Invalid fields answer 422 with all errors in the order of declaration",
  },
  "create.created": { source: "documented", says: "Creating answers 201 with the secret and the record" },
  "create.limit": { source: "inferred", says: "A token over the limit of active tokens answers 400 and is not stored" },
  "list.listed": { source: "documented", says: "Listing answers 200 with one page" },
  "list.unknown-direction": { source: "inferred", says: "A direction that is neither next nor prev answers 400" },
  "list.unknown-sort": { source: "inferred", says: "A column that cannot be sorted by answers 400" },
  "list.bad-cursor": {
    source: "inferred",
    says: "A cursor that does not decode, or belongs to another sort, answers 400",
  },
  "revoke.revoked": { source: "documented", says: "Revoking answers 201 with the revocation" },
  "revoke.unknown-token": { source: "documented", says: "A token that does not exist, or is another's, answers 404" },
  "revoke.already-revoked": {
    source: "inferred",
    says: "A token that is revoked already answers 400 and stays as it was",
  },
  "reply.unserializable": {
    source: "recorded",
    says: "A reply that would hold NaN, an infinity or a lone surrogate is a 500",
  },
  "double.broken": { source: "recorded", says: "An error inside the server answers 500 in plain text" },
} as const satisfies Record<string, { source: RuleSource; says: string }>;

export type RuleId = keyof typeof rules;
