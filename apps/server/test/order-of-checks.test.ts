import { describe, expect, test } from "vitest";
import { wellKnown } from "../src/world/well-known.ts";
import {
  type Api,
  answerOf,
  invalidParameters,
  notAuthenticated,
  notEnoughPermissions,
  notFound,
  refusal,
  startApi,
} from "./api.ts";

/** A request with nothing wrong but what a fault makes of it. */
interface Request {
  readonly method: "post" | "put";
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

const jsonInvalid = refusal(422, [
  { type: "json_invalid", loc: ["body", 0], msg: "JSON decode error", input: {}, ctx: { error: "Expecting value" } },
]);
const reasonInvalid = refusal(422, [
  { type: "string_type", loc: ["body", "reason"], msg: "Input should be a valid string", input: 1 },
]);

const without = (headers: Request["headers"], name: string) =>
  Object.fromEntries(Object.entries(headers).filter(([each]) => each !== name));

/** In the order in which they are looked for: of two faults, the upper one is answered. */
const faults: readonly { name: string; make: (request: Request) => Request; answer: object }[] = [
  {
    name: "an unknown path",
    make: (request) => ({ ...request, path: "/api/v1/nothing" }),
    answer: refusal(404, "Not Found"),
  },
  {
    name: "a wrong method",
    make: (request) => ({ ...request, method: "put" }),
    answer: refusal(405, "Method Not Allowed", { allow: "POST" }),
  },
  { name: "a body that is no JSON", make: (request) => ({ ...request, body: "?" }), answer: jsonInvalid },
  {
    name: "no credentials",
    make: (request) => ({ ...request, headers: without(request.headers, "authorization") }),
    answer: notAuthenticated,
  },
  {
    name: "no business",
    make: (request) => ({ ...request, headers: without(request.headers, "x-business-id") }),
    answer: invalidParameters,
  },
  {
    name: "a business without access",
    make: (request) => ({
      ...request,
      headers:
        "x-business-id" in request.headers
          ? { ...request.headers, "x-business-id": "11111111-1111-4111-8111-111111111111" }
          : request.headers,
    }),
    answer: notEnoughPermissions,
  },
  {
    name: "an invalid field",
    make: (request) => ({ ...request, body: request.body === "?" ? "?" : '{"reason":1}' }),
    answer: reasonInvalid,
  },
  {
    name: "an unknown token",
    make: (request) => ({ ...request, path: request.path.replace(wellKnown.token.id, "nobody's") }),
    answer: notFound,
  },
];

const pairs = faults.flatMap((first, at) => faults.slice(at + 1).map((second) => [first, second] as const));

const send = ({ request }: Api, { method, path, headers, body }: Request) =>
  request[method](path).set(headers).set("content-type", "application/json").send(body);

const faultless = ({ credentials }: Api): Request => ({
  method: "post",
  path: `/api/v1/tokens/${wellKnown.token.id}/revoke`,
  headers: { ...credentials },
  body: '{"reason":"lost"}',
});

describe("of two faults", () => {
  test.each(pairs.map(([first, second]) => [first.name, second.name, first, second] as const))(
    "%s is answered, and not %s",
    async (_first, _second, first, second) => {
      const api = await startApi();

      expect(answerOf(await send(api, first.make(second.make(faultless(api)))))).toEqual(first.answer);
    },
  );
});

test.each(faults.map(({ name, make, answer }) => [name, make, answer] as const))(
  "%s alone has its own answer",
  async (_, make, answer) => {
    const api = await startApi();

    expect(answerOf(await send(api, make(faultless(api))))).toEqual(answer);
  },
);

test("without a fault the token is revoked", async () => {
  const api = await startApi();

  expect((await send(api, faultless(api))).status).toBe(201);
});

test("a read-only user hears of the permission before the fields, and of the business before the permission", async () => {
  const { addUser, create } = await startApi();
  const { credentials } = await addUser({ permissions: ["read"] });

  expect(answerOf(await create({ name: 1 }, credentials))).toEqual(notEnoughPermissions);
  expect(answerOf(await create({ name: 1 }, { ...credentials, "x-business-id": "nope" }))).toEqual(invalidParameters);
});

test("fields are looked at before the limit of active tokens", async () => {
  const { create } = await startApi({ limits: { maxActiveTokens: 1 } });

  expect((await create({ name: "" })).status).toBe(422);
  expect((await create({ name: "ci" })).status).toBe(400);
});

test("a 422 of the query comes before its unknown values", async () => {
  const { list } = await startApi();

  expect((await list("?sort_by=nothing&limit=0")).status).toBe(422);
  expect((await list("?sort_by=nothing&limit=1")).status).toBe(400);
});
