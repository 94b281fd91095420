import { changed, isCreate, isList, isRevoke, type Mutant, onAnswer, withJson } from "./mutant.ts";

const status = (wanted: number) => (_: unknown, answer: Response) => answer.status === wanted;
const always = () => true;
const details = ({ detail }: Record<string, unknown>): unknown[] => (Array.isArray(detail) ? detail : []);
const itemsOf = ({ items }: Record<string, unknown>): Record<string, unknown>[] => (Array.isArray(items) ? items : []);

/** What can be wrong with an answer. */
export const answerMutants: readonly Mutant[] = [
  {
    name: "creating answers 200",
    rule: "create.created",
    around: onAnswer(status(201), async (answer, asked) =>
      changed(answer, await answer.text(), isCreate(asked) ? { status: 200 } : {}),
    ),
  },
  {
    name: "revoking answers 200",
    rule: "revoke.revoked",
    around: onAnswer(status(201), async (answer, asked) =>
      changed(answer, await answer.text(), isRevoke(asked) ? { status: 200 } : {}),
    ),
  },
  ...(
    [
      [401, "Unauthorized", "credentials.absent"],
      [403, "Forbidden", "business.no-access"],
      [404, "Token not found", "revoke.unknown-token"],
      [400, "Bad Request", "business.absent"],
    ] as const
  ).map(
    ([number, detail, rule]): Mutant => ({
      name: `a ${number} has another message`,
      rule,
      around: onAnswer(status(number), (answer) => withJson(answer, () => ({ detail }))),
    }),
  ),
  {
    name: "a list holds the secrets",
    rule: "secret.shown-once",
    around: leakSecrets(),
  },
  {
    name: "a field that is null is left out",
    rule: "list.listed",
    around: onAnswer(isList, (answer) =>
      withJson(answer, (body) => ({
        ...body,
        ...("items" in body && {
          items: itemsOf(body).map((item) =>
            Object.fromEntries(Object.entries(item).filter(([, value]) => value !== null)),
          ),
        }),
      })),
    ),
  },
  {
    name: "a create leaves out what is null",
    rule: "create.created",
    around: onAnswer(isCreate, async (answer) =>
      changed(answer, (await answer.text()).replace('"last_used_at":null,', "")),
    ),
  },
  {
    name: "a 401 does not say how to authenticate",
    rule: "credentials.challenge",
    around: onAnswer(status(401), async (answer) =>
      changed(answer, await answer.text(), { headers: { "www-authenticate": null } }),
    ),
  },
  {
    name: "an unknown path is answered in HTML",
    rule: "route.not-found",
    around: onAnswer(status(404), async (answer) =>
      changed(answer, "<!DOCTYPE html><title>Not Found</title>", { headers: { "content-type": "text/html" } }),
    ),
  },
  {
    name: "a 405 does not say what is allowed",
    rule: "route.method-not-allowed",
    around: onAnswer(status(405), async (answer) => changed(answer, await answer.text(), { headers: { allow: null } })),
  },
  {
    name: "a 307 has a relative location",
    rule: "route.trailing-slash",
    around: onAnswer(status(307), async (answer) => {
      const { pathname, search } = new URL(answer.headers.get("location") ?? "", "http://127.0.0.1");
      return changed(answer, null, { headers: { location: pathname + search } });
    }),
  },
  {
    name: "replies have an etag",
    rule: "reply.form",
    around: onAnswer(always, async (answer) =>
      changed(answer, (await answer.text()) || null, { headers: { etag: 'W/"1"' } }),
    ),
  },
  {
    name: "replies say their charset",
    rule: "reply.form",
    around: onAnswer(always, async (answer) => {
      const isJson = answer.headers.get("content-type") === "application/json";
      const headers = isJson ? { "content-type": "application/json; charset=utf-8" } : {};
      return changed(answer, (await answer.text()) || null, { headers });
    }),
  },
  {
    name: "replies have blanks between their parts",
    rule: "reply.form",
    around: onAnswer(isList, async (answer) => {
      const text = await answer.text();
      return changed(answer, JSON.stringify(JSON.parse(text), null, 1).replaceAll("\n", ""));
    }),
  },
  {
    name: "what is not ASCII is escaped",
    rule: "reply.form",
    around: onAnswer(status(422), async (answer) =>
      changed(
        answer,
        (await answer.text()).replace(/[^ -~]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`),
      ),
    ),
  },
  {
    name: "the place of a syntax error is counted in UTF-16 units",
    rule: "body.invalid-json",
    around: onAnswer(status(422), (answer, { body = "" }) =>
      withJson(answer, (given) => ({
        detail: details(given).map((each) => {
          const { type, loc } = Object(each);
          if (type !== "json_invalid") return each;
          return { ...Object(each), loc: ["body", [...body].slice(0, loc[1]).join("").length] };
        }),
      })),
    ),
  },
  {
    name: "only the first error is reported",
    rule: "fields.invalid",
    around: onAnswer(status(422), (answer) => withJson(answer, (body) => ({ detail: details(body).slice(0, 1) }))),
  },
  {
    name: "errors are reported in another order",
    rule: "fields.invalid",
    around: onAnswer(status(422), (answer) => withJson(answer, (body) => ({ detail: details(body).toReversed() }))),
  },
  {
    name: "errors do not echo the input",
    rule: "fields.invalid",
    around: onAnswer(status(422), (answer) =>
      withJson(answer, (body) => ({ detail: details(body).map((each) => ({ ...Object(each), input: undefined })) })),
    ),
  },
  {
    name: "floats are echoed as JavaScript spells them",
    rule: "body.not-an-object",
    around: onAnswer(status(422), (answer) => withJson(answer, (body) => body)),
  },
  {
    name: "an invalid create is answered 400",
    rule: "create.invalid-fields",
    around: onAnswer(isCreate, async (answer) =>
      changed(answer, await answer.text(), answer.status === 422 ? { status: 400 } : {}),
    ),
  },
  {
    name: "times have three fractional digits",
    rule: "time.form",
    around: onAnswer(always, async (answer) =>
      changed(answer, (await answer.text()).replace(/(\.\d{3})000Z/g, "$1Z") || null),
    ),
  },
  {
    name: "times have a fraction at a whole second, too",
    rule: "time.form",
    around: onAnswer(always, async (answer) =>
      changed(answer, (await answer.text()).replace(/(T\d\d:\d\d:\d\d)Z/g, "$1.000000Z") || null),
    ),
  },
  {
    name: "the token prefix has one character too many",
    rule: "create.prefix",
    around: onAnswer(always, async (answer) =>
      changed(answer, (await answer.text()).replaceAll('"dz_eyJ..."', '"dz_eyJh..."') || null),
    ),
  },
  {
    name: "the total is always null",
    rule: "list.total",
    around: onAnswer(isList, (answer) =>
      withJson(answer, (body) => ({ ...body, ...("total" in body && { total: null }) })),
    ),
  },
  {
    name: "the total is always counted",
    rule: "list.total",
    around: onAnswer(isList, (answer) =>
      withJson(answer, (body) => ({ ...body, ...("total" in body && { total: itemsOf(body).length }) })),
    ),
  },
  {
    name: "a revocation does not say its reason",
    rule: "revoke.revoked",
    around: onAnswer(isRevoke, (answer) =>
      withJson(answer, (body) => ({ ...body, ...("revocation_reason" in body && { revocation_reason: null }) })),
    ),
  },
  {
    name: "replies do not say that a double gave them",
    rule: "reply.marked",
    world: () => ({ marksReplies: false }),
  },
];

/** Shows the secret of a token that was created in every list from then on. */
function leakSecrets(): NonNullable<Mutant["around"]> {
  const secrets = new Map<unknown, unknown>();
  return async (_, ask) => {
    const answer = await ask();
    return withJson(answer, (body) => {
      const { id } = Object(body["token_info"]);
      if (id !== undefined) secrets.set(id, body["token"]);
      if (!("items" in body)) return body;
      return { ...body, items: itemsOf(body).map((item) => ({ ...item, token: secrets.get(item["id"]) })) };
    });
  };
}
