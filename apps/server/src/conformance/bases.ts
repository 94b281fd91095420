import type { LedgerId, ledger } from "./ledger.ts";

/** What a rule rests on. */
export type Basis =
  /** The page of upstream's documentation that says so. */
  | { readonly page: string }
  /** Groups of recorded answers of FastAPI, by the names that they have there. */
  | { readonly vectors: readonly string[] }
  /** Why we infer it. */
  | { readonly because: string };

type BasisOf<Source> = Extract<
  Basis,
  Record<Source extends "documented" ? "page" : Source extends "recorded" ? "vectors" : "because", unknown>
>;

const page = (page: string) => ({ page });
const vectors = (...vectors: readonly string[]) => ({ vectors });
const because = (because: string) => ({ because });

const errorGuide = page("error-handling guide");
const authGuide = page("authentication guide");
const pagingGuide = page("pagination guide");
const listPage = page("reference page of List tokens");
const createPage = page("reference page of Create token");
const revokePage = page("reference page of Revoke token");

const oneAnswer = because("every refusal of credentials is documented as the same 401; nothing says which there are");
const wrongBusiness = because("400 is documented for invalid request parameters, and the header as required in prose");
const unknownValue = because("400 is documented for invalid request parameters; nothing says that it is ignored");

/** What every rule rests on. */
export const bases: { readonly [Id in LedgerId]: BasisOf<(typeof ledger)[Id]["source"]> } = {
  "route.not-found": vectors("route-unknown", "route-encoded"),
  "route.not-here": because(
    "the double has DayZero's api-tokens routes, and no others; FastAPI answers so where there is no route",
  ),
  "route.method-not-allowed": vectors("route-method"),
  "route.trailing-slash": vectors("route-slash"),
  "body.invalid-json": vectors(
    "json-comma",
    "json-comment",
    "json-key",
    "json-literal",
    "json-position",
    "json-space",
    "json-string",
    "json-top",
    "json-trailing",
    "json-truncated",
    "nesting",
    "revoke-malformed",
  ),
  "body.unreadable": vectors("json-encoding", "expires-digits"),
  "body.too-large": because("FastAPI has no limit, and a double must not run out of memory"),
  "rate-limit.exceeded": errorGuide,
  "credentials.absent": errorGuide,
  "credentials.scheme": oneAnswer,
  "credentials.malformed": oneAnswer,
  "credentials.signature": oneAnswer,
  "credentials.unknown": oneAnswer,
  "credentials.expired": errorGuide,
  "credentials.revoked": revokePage,
  "credentials.challenge": because("RFC 9110 asks for it, and FastAPI's own helpers send it"),
  "credentials.scheme-case": vectors("auth-header"),
  "business.absent": wrongBusiness,
  "business.malformed": wrongBusiness,
  "business.no-access": because("403 is documented for insufficient permissions, and a wrong business is that"),
  "business.uuid-spelling": vectors("business-header"),
  "permission.missing": errorGuide,
  "order.credentials-before-fields": because(
    "FastAPI parses the body before it solves dependencies, and solves dependencies before it validates fields",
  ),
  "order.business-before-fields": because(
    "the business, like the credentials, is a header that a dependency reads; who may act there is asked once the caller is known",
  ),
  "order.fields-before-operation": vectors("revoke-id"),
  "fields.invalid": vectors("multi-error", "list-multi", "list-bool", "list-limit", "echo"),
  "body.content-type": vectors(
    "content-type",
    "content-type-body",
    "content-type-form",
    "content-type-none",
    "content-type-repeat",
    "content-type-text",
    "revoke-content-type",
  ),
  "body.not-an-object": vectors("body-type", "revoke-type"),
  "body.encodings": vectors("json-encoding"),
  "scalars.lax": vectors(
    "expires-digits",
    "expires-number",
    "expires-string",
    "expires-type",
    "name-type",
    "list-bool",
    "list-limit",
  ),
  "query.last-counts": vectors("list-query"),
  "header.first-counts": vectors("business-header", "content-type-repeat"),
  "reply.form": vectors("echo", "name-string", "description-string"),
  "reply.envelope": because(
    "the reference page of Revoke token stands in two revisions, bare and as SuccessEnvelope_APITokenRevokeResponse_, those of the other routes were found bare only; which of them production speaks, and what message and code say, is not known",
  ),
  "reply.marked": because("whoever meets such a reply should know that no production service gave it"),
  "reply.unserializable": vectors("nonfinite", "surrogate"),
  "double.broken": vectors("nonfinite", "surrogate"),
  "create.created": createPage,
  "create.limit": because("the limit of ten is documented, and 400 is what is documented for business-logic errors"),
  "create.limit-per-user": authGuide,
  "create.ids": pagingGuide,
  "create.prefix": because("upstream's example is dz_abc..."),
  "create.secret": because(
    "dz_<JWT> and the claim type=api are documented, the other claims are what such tokens carry",
  ),
  "create.expiry": createPage,
  "create.default-expiry": because("the schema has no default, and the prose says default: 365"),
  "create.usable": authGuide,
  "create.invalid-fields": vectors(
    "body-missing",
    "body-type",
    "description-type",
    "duplicate-key",
    "expires-number",
    "expires-type",
    "extra",
    "multi-error",
    "name-length",
    "name-missing",
    "name-type",
  ),
  "secret.shown-once": createPage,
  "token.last-used": because('upstream says "last time the token was used for authentication"'),
  "time.form": because("it is how Pydantic v2 renders an aware datetime"),
  "list.listed": listPage,
  "list.order": because("sort_by defaults to created_at and descending to true; ties need an order, and ids have one"),
  "list.descending": listPage,
  "list.sort-by": because("upstream says column name, and names none; nulls stand where PostgreSQL puts them"),
  "list.total": listPage,
  "list.limit-bounds": because("the pagination guide says 1 to 1000, default 50; FastAPI answers such bounds with 422"),
  "list.revoked-hidden": because("include_revoked defaults to false, and nothing of the kind is said of expired ones"),
  "list.own-only": because('upstream says "list all API tokens for current user"'),
  "list.pages": pagingGuide,
  "list.unknown-direction": unknownValue,
  "list.unknown-sort": unknownValue,
  "list.bad-cursor": unknownValue,
  "list.cursor-of-another-sort": because("cursors are tied to the sort order, and are to be reset with it"),
  "revoke.revoked": revokePage,
  "revoke.unknown-token": errorGuide,
  "revoke.already-revoked": because(
    'upstream says that a token "cannot be un-revoked", documents 400 for this route, and no 409',
  ),
  "revoke.optional-body": revokePage,
  "revoke.by": because(
    'upstream says "for audit trail" of the header, and "email of the user who revoked" of the field',
  ),
  "revoke.itself": because("nothing forbids it"),
  "revoke.own-only": errorGuide,
};

/** A rule's basis in words. */
export function basisOf(id: LedgerId): string {
  const basis: Basis = bases[id];
  if ("page" in basis) return `DayZero's documentation, ${basis.page}`;
  if ("because" in basis) return basis.because;
  return `recorded answers of FastAPI: ${basis.vectors.join(", ")}`;
}

/** Rules that no request from outside can bring about, and why. */
export const notFromOutside: Partial<Readonly<Record<LedgerId, string>>> = {
  "rate-limit.exceeded": "a double has no limit unless it is started with one, and a real service is not to be flooded",
  "route.not-here": "what a double does not have a real service may have",
  "reply.envelope": "which revision a target speaks is found out at its first success, and all cases are read in it",
  "double.broken": "the double would have to have a bug",
};
