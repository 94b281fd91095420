import { Directory, permissions } from "../../src/state/memory/directory.ts";
import { wellKnown } from "../../src/world/well-known.ts";
import { type Asked, changed, isCreate, isList, isRevoke, type Mutant } from "./mutant.ts";

const withQuery = (url: URL, change: (query: URLSearchParams) => void) => {
  const copy = new URL(url);
  change(copy.searchParams);
  return copy;
};
const withHeader = (headers: Headers, name: string, value: string | undefined) => {
  const copy = new Headers(headers);
  if (value === undefined) copy.delete(name);
  else copy.set(name, value);
  return copy;
};
const bodyOf = (asked: Asked): Record<string, unknown> | undefined => {
  try {
    return Object(JSON.parse(asked.body ?? ""));
  } catch {
    return undefined;
  }
};
const withFields = (asked: Asked, change: (body: Record<string, unknown>) => Record<string, unknown>) => {
  const body = bodyOf(asked);
  return body === undefined || Array.isArray(body) ? {} : { body: JSON.stringify(change(body)) };
};
const trusted = (headers: Headers) =>
  withHeader(withHeader(headers, "authorization", `Bearer ${wellKnown.secret}`), "x-business-id", wellKnown.businessId);
const detail = (status: number, text: string) =>
  changed(new Response(null), JSON.stringify({ detail: text }), {
    status,
    headers: { "content-type": "application/json" },
  });

/** What can be wrong with the reading of a request, and with the order in which it is checked. */
export const requestMutants: readonly Mutant[] = [
  {
    name: "a limit of 1001 is taken",
    rule: "list.limit-bounds",
    around: (asked, ask) =>
      asked.url.searchParams.get("limit") === "1001"
        ? ask({ url: withQuery(asked.url, (query) => query.set("limit", "1000")) })
        : ask(),
  },
  {
    name: "a limit of 0 is taken",
    rule: "list.limit-bounds",
    around: (asked, ask) =>
      asked.url.searchParams.get("limit") === "0"
        ? ask({ url: withQuery(asked.url, (query) => query.set("limit", "1")) })
        : ask(),
  },
  {
    name: "the default limit is 100",
    rule: "list.limit-bounds",
    around: (asked, ask) =>
      isList(asked) && !asked.url.searchParams.has("limit")
        ? ask({ url: withQuery(asked.url, (query) => query.set("limit", "100")) })
        : ask(),
  },
  {
    name: "366 days are taken",
    rule: "create.invalid-fields",
    around: (asked, ask) =>
      bodyOf(asked)?.["expires_in_days"] === 366
        ? ask(withFields(asked, (body) => ({ ...body, expires_in_days: 365 })))
        : ask(),
  },
  {
    name: "0 days are taken",
    rule: "create.invalid-fields",
    around: (asked, ask) =>
      bodyOf(asked)?.["expires_in_days"] === 0
        ? ask(withFields(asked, (body) => ({ ...body, expires_in_days: null })))
        : ask(),
  },
  {
    name: "a token lasts a day less",
    rule: "create.expiry",
    around: (asked, ask) =>
      isCreate(asked)
        ? ask(
            withFields(asked, (body) => {
              const days = body["expires_in_days"];
              return typeof days === "number" && days > 1 && days <= 365
                ? { ...body, expires_in_days: days - 1 }
                : body;
            }),
          )
        : ask(),
  },
  {
    name: "a token that is to last a day lasts two",
    rule: "create.expiry",
    around: (asked, ask) =>
      bodyOf(asked)?.["expires_in_days"] === 1
        ? ask(withFields(asked, (body) => ({ ...body, expires_in_days: 2 })))
        : ask(),
  },
  {
    name: "without a number of days a token lasts 364",
    rule: "create.default-expiry",
    around: (asked, ask) =>
      isCreate(asked) && asked.body !== "{}"
        ? ask(withFields(asked, (body) => ("expires_in_days" in body ? body : { ...body, expires_in_days: 364 })))
        : ask(),
  },
  {
    name: "with null for a number of days a token lasts 364",
    rule: "create.default-expiry",
    around: (asked, ask) =>
      bodyOf(asked)?.["expires_in_days"] === null
        ? ask(withFields(asked, (body) => ({ ...body, expires_in_days: 364 })))
        : ask(),
  },
  {
    name: "strings are made of what is none",
    rule: "scalars.lax",
    around: (asked, ask) =>
      isRevoke(asked)
        ? ask(
            withFields(asked, (body) => ({
              ...body,
              ...(typeof body["reason"] === "number" && { reason: String(body["reason"]) }),
            })),
          )
        : ask(),
  },
  {
    name: "an integer in a query has to be digits and nothing else",
    rule: "scalars.lax",
    around: async (asked, ask) =>
      /^ /.test(asked.url.searchParams.get("limit") ?? "") ? detail(422, "Input should be a valid integer") : ask(),
  },
  {
    name: "an integer in a string is refused",
    rule: "scalars.lax",
    around: async (asked, ask) =>
      typeof bodyOf(asked)?.["expires_in_days"] === "string" ? detail(422, "Input should be a valid integer") : ask(),
  },
  {
    name: "fields are checked before credentials",
    rule: "order.credentials-before-fields",
    around: async (asked, ask) => {
      if (!isList(asked)) return ask();
      const answer = await ask({ headers: trusted(asked.headers) });
      return answer.status === 422 ? answer : ask();
    },
  },
  {
    name: "fields are checked before the business",
    rule: "order.business-before-fields",
    around: async (asked, ask) => {
      if (!isList(asked) || asked.headers.has("x-business-id")) return ask();
      const answer = await ask({ headers: withHeader(asked.headers, "x-business-id", wellKnown.businessId) });
      return answer.status === 422 ? answer : ask();
    },
  },
  {
    name: "the business is checked before credentials",
    rule: "order.business-before-fields",
    around: async (asked, ask) =>
      isList(asked) && !asked.headers.has("x-business-id") ? detail(400, "Invalid request parameters") : ask(),
  },
  {
    name: "credentials are checked before JSON",
    rule: "body.invalid-json",
    around: (asked, ask) => (asked.headers.has("authorization") ? ask() : ask({ method: "GET", body: undefined })),
  },
  {
    name: "the token is looked for before fields are checked",
    rule: "order.fields-before-operation",
    around: (asked, ask) => (asked.url.pathname.includes("/nope/") && isRevoke(asked) ? ask({ body: "{}" }) : ask()),
  },
  {
    name: "the scheme has to be spelled Bearer",
    rule: "credentials.scheme-case",
    around: (asked, ask) =>
      /^bEARER/.test(asked.headers.get("authorization") ?? "")
        ? ask({ headers: withHeader(asked.headers, "authorization", undefined) })
        : ask(),
  },
  {
    name: "any scheme will do",
    rule: "credentials.scheme",
    around: (asked, ask) => {
      const value = asked.headers.get("authorization");
      return value?.startsWith("dz_")
        ? ask({ headers: withHeader(asked.headers, "authorization", `Bearer ${value}`) })
        : ask();
    },
  },
  {
    name: "signatures are not verified",
    rule: "credentials.signature",
    around: (asked, ask) => {
      const [header, claims] = wellKnown.secret.split(".");
      const isOurs = asked.headers.get("authorization")?.startsWith(`Bearer ${header}.${claims}.`);
      return isOurs
        ? ask({ headers: withHeader(asked.headers, "authorization", `Bearer ${wellKnown.secret}`) })
        : ask();
    },
  },
  {
    name: "tokens that are not on record are taken",
    rule: "credentials.unknown",
    around: async (asked, ask) => {
      const answer = await ask();
      const isSigned = asked.headers.get("authorization")?.startsWith("Bearer dz_eyJ");
      return answer.status === 401 && isSigned ? ask({ headers: trusted(asked.headers) }) : answer;
    },
  },
  {
    name: "a bearer that is no token is taken",
    rule: "credentials.malformed",
    around: (asked, ask) =>
      asked.headers.get("authorization") === "Bearer dz_nonsense" ? ask({ headers: trusted(asked.headers) }) : ask(),
  },
  {
    name: "a business that is no UUID is somebody else's",
    rule: "business.malformed",
    around: async (asked, ask) =>
      asked.headers.get("x-business-id") === "nope" ? detail(403, "Not enough permissions") : ask(),
  },
  {
    name: "a business id has to be spelled as it was issued",
    rule: "business.uuid-spelling",
    around: async (asked, ask) =>
      /^[0-9a-f]{32}$/.test(asked.headers.get("x-business-id") ?? "")
        ? detail(400, "Invalid request parameters")
        : ask(),
  },
  {
    name: "every business is open to everybody",
    rule: "business.no-access",
    around: (asked, ask) =>
      asked.headers.get("x-business-id")?.startsWith("11111111") ? ask({ headers: trusted(asked.headers) }) : ask(),
  },
  {
    name: "who may read may write",
    rule: "permission.missing",
    world: () => ({ directory: new OpenDirectory() }),
  },
  {
    name: "whoever may read may revoke",
    rule: "permission.missing",
    around: async (asked, ask) => {
      const answer = await ask();
      return isRevoke(asked) && answer.status === 403 ? detail(404, "Resource not found") : answer;
    },
  },
  {
    name: "a description is lost",
    rule: "create.created",
    around: (asked, ask) =>
      isCreate(asked)
        ? ask(
            withFields(asked, ({ description, ...body }) =>
              typeof description === "string" ? body : { ...body, description },
            ),
          )
        : ask(),
  },
  {
    name: "a create creates two",
    rule: "create.created",
    around: async (asked, ask) => {
      if (isCreate(asked)) await ask();
      return ask();
    },
  },
  {
    name: "of a repeated query parameter the first counts",
    rule: "query.last-counts",
    around: (asked, ask) => {
      const limits = asked.url.searchParams.getAll("limit");
      return limits.length > 1
        ? ask({ url: withQuery(asked.url, (query) => query.set("limit", limits[0] ?? "")) })
        : ask();
    },
  },
  {
    name: "a body is JSON whatever its content type says",
    rule: "body.content-type",
    around: (asked, ask) =>
      isRevoke(asked) && asked.headers.get("content-type") === "text/plain"
        ? ask({ headers: withHeader(asked.headers, "content-type", "application/json") })
        : ask(),
  },
  {
    name: "a body that is not UTF-8 is refused",
    rule: "body.encodings",
    around: async (asked, ask) => {
      const answer = await ask();
      return asked.body?.includes("\0") && answer.status === 422
        ? detail(400, "There was an error parsing the body")
        : answer;
    },
  },
  {
    name: "a large body is read to its end",
    rule: "body.too-large",
    around: (asked, ask) => ((asked.body?.length ?? 0) > 1_000_000 ? ask({ body: " " }) : ask()),
  },
  {
    name: "a body that cannot be decoded is a syntax error",
    rule: "body.unreadable",
    around: async (asked, ask) =>
      (asked.body?.length ?? 0) > 4300 && asked.body?.startsWith("{") ? ask({ body: "nope" }) : ask(),
  },
  {
    name: "NaN is echoed as null",
    rule: "reply.unserializable",
    around: (asked, ask) => ask(asked.body?.includes("NaN") ? { body: asked.body.replaceAll("NaN", "null") } : {}),
  },
  {
    name: "an unknown direction is next",
    rule: "list.unknown-direction",
    around: (asked, ask) => ask({ url: withQuery(asked.url, (query) => without(query, "direction", "up")) }),
  },
  {
    name: "an unknown column is created_at",
    rule: "list.unknown-sort",
    around: (asked, ask) => ask({ url: withQuery(asked.url, (query) => without(query, "sort_by", "digest")) }),
  },
  {
    name: "a bad cursor is no cursor",
    rule: "list.bad-cursor",
    around: (asked, ask) => ask({ url: withQuery(asked.url, (query) => without(query, "cursor", "nope")) }),
  },
  {
    name: "a cursor goes with any sort",
    rule: "list.cursor-of-another-sort",
    around: (asked, ask) =>
      ask({
        url: withQuery(asked.url, (query) => {
          if (query.has("cursor") && query.has("sort_by")) query.delete("cursor");
        }),
      }),
  },
  {
    name: "a cursor goes with either direction",
    rule: "list.cursor-of-another-sort",
    around: (asked, ask) =>
      ask({
        url: withQuery(asked.url, (query) => {
          if (query.has("cursor") && query.has("descending")) query.delete("cursor");
        }),
      }),
  },
  {
    name: "a token may not revoke itself",
    rule: "revoke.itself",
    around: async (asked, ask) => {
      if (!isRevoke(asked)) return ask();
      const isItself = asked.headers.get("authorization") !== `Bearer ${wellKnown.secret}`;
      return isItself && asked.headers.get("x-business-id") === wellKnown.businessId
        ? detail(400, "A token cannot revoke itself")
        : ask();
    },
  },
  {
    name: "a revoke needs a body",
    rule: "revoke.optional-body",
    around: async (asked, ask) =>
      isRevoke(asked) && asked.body === undefined && !asked.url.pathname.includes("/nope/")
        ? detail(422, "Field required")
        : ask(),
  },
  {
    name: "a revoke takes no null",
    rule: "revoke.optional-body",
    around: async (asked, ask) => (isRevoke(asked) && asked.body === "null" ? detail(422, "Field required") : ask()),
  },
  {
    name: "x-user-email is ignored",
    rule: "revoke.by",
    around: (asked, ask) => ask({ headers: withHeader(asked.headers, "x-user-email", undefined) }),
  },
  {
    name: "revoking a second time is answered 201",
    rule: "revoke.already-revoked",
    around: async (asked, ask) => {
      const answer = await ask();
      return isRevoke(asked) && answer.status === 400 ? changed(answer, await answer.text(), { status: 201 }) : answer;
    },
  },
  {
    name: "another's token is forbidden, not unknown",
    rule: "revoke.own-only",
    around: async (asked, ask) => {
      const answer = await ask();
      const isUnknown = answer.status === 404 && isRevoke(asked) && !/nope|dead/.test(asked.url.pathname);
      return isUnknown ? detail(403, "Not enough permissions") : answer;
    },
  },
  {
    name: "ids are UUIDv4",
    rule: "create.ids",
    world: () => ({ ids: { next: () => crypto.randomUUID() } }),
  },
  {
    name: "secrets are signed, and then their claims are another's",
    rule: "create.secret",
    around: async (asked, ask) => {
      const answer = await ask();
      if (!isCreate(asked) || answer.status !== 201) return answer;
      const text = await answer.text();
      return changed(answer, text.replace(/"dz_([\w-]+)\.([\w-]+)\./, '"dz_$1.e30.'));
    },
  },
  {
    name: "a created token is not known yet",
    rule: "create.usable",
    around: async (asked, ask) => {
      const isOther = isList(asked) && asked.headers.get("authorization")?.startsWith("Bearer dz_eyJ");
      const isOwn = asked.headers.get("x-business-id") === wellKnown.businessId;
      const isNew = asked.headers.get("authorization") !== `Bearer ${wellKnown.secret}`;
      return isOther && isOwn && isNew ? detail(401, "Not authenticated") : ask();
    },
  },
];

/** Whoever may do anything in a business may do everything there. */
class OpenDirectory extends Directory {
  override permissionsOf(userId: string, businessId: string) {
    return super.permissionsOf(userId, businessId) && new Set(permissions);
  }
}

function without(query: URLSearchParams, name: string, value: string): void {
  if (query.get(name) === value) query.delete(name);
}
