import type { Case, Expected, Send } from "../case.ts";

const create: Send = { method: "POST", path: "/api/v1/tokens" };
const revokeNothing: Send = { method: "POST", path: "/api/v1/tokens/nope/revoke" };
const json = { "content-type": "application/json", etag: null };
const answer = (status: number, text: string, headers: Expected["headers"] = {}): Expected => ({
  status,
  headers: { ...json, ...headers },
  text,
});
const invalid = (...detail: readonly object[]) => answer(422, JSON.stringify({ detail }));
const notFound = answer(404, '{"detail":"Not Found"}');
const unparsable = (position: number, error: string) =>
  invalid({ type: "json_invalid", loc: ["body", position], msg: "JSON decode error", input: {}, ctx: { error } });
const unreadable = answer(400, '{"detail":"There was an error parsing the body"}');
const notAnObject = (input: unknown) => ({
  type: "model_attributes_type",
  loc: ["body"],
  msg: "Input should be a valid dictionary or object to extract fields from",
  input,
});
const integerParsing = (input: string) => ({
  type: "int_parsing",
  loc: ["query", "limit"],
  msg: "Input should be a valid integer, unable to parse string as an integer",
  input,
});
const flagParsing = (name: string, input: string) => ({
  type: "bool_parsing",
  loc: ["query", name],
  msg: "Input should be a valid boolean, unable to interpret input",
  input,
});

/** What FastAPI decides around the operations. None of these requests can change anything: creates go without credentials, revokes to an id that nobody has. */
export const frameworkCases: readonly Case[] = [
  {
    name: "An unknown path is answered 404 in JSON",
    rule: "route.not-found",
    tier: "read",
    steps: [
      { send: { method: "GET", path: "/nope" }, expect: notFound },
      { send: { method: "GET", path: "/api/nope" }, expect: notFound },
    ],
  },
  {
    name: "A wrong method is answered 405, and says which one is right",
    rule: "route.method-not-allowed",
    tier: "read",
    steps: [
      {
        send: { method: "GET", path: "/api/v1/tokens/nope/revoke", authorization: null },
        expect: answer(405, '{"detail":"Method Not Allowed"}', { allow: "POST" }),
      },
      {
        send: { method: "DELETE", path: "/api/v1/tokens", authorization: null },
        expect: { ...answer(405, '{"detail":"Method Not Allowed"}'), headers: { ...json, allow: /^(GET|POST)/ } },
      },
    ],
  },
  {
    name: "A trailing slash is answered 307, with an absolute location and no body",
    rule: "route.trailing-slash",
    tier: "read",
    steps: [
      {
        send: { method: "GET", path: "/api/v1/tokens/?limit=1" },
        expect: {
          status: 307,
          headers: { location: /^https?:\/\/[^/]+\/.*tokens\?limit=1$/, "content-type": null },
          text: "",
        },
      },
    ],
  },
  {
    name: "A body that is no JSON is answered 422 with the place, in code points, before credentials are looked at",
    rule: "body.invalid-json",
    tier: "read",
    steps: [
      {
        send: { ...create, authorization: null, text: '{"name": "é😀"' },
        expect: unparsable(13, "Expecting ',' delimiter"),
      },
      {
        send: { ...create, authorization: null, text: "{'a':1}" },
        expect: unparsable(1, "Expecting property name enclosed in double quotes"),
      },
      { send: { ...create, authorization: null, text: "nope" }, expect: unparsable(0, "Expecting value") },
      { send: { ...create, authorization: null, text: "{} x" }, expect: unparsable(3, "Extra data") },
      { send: { ...create, authorization: null, text: " " }, expect: unparsable(1, "Expecting value") },
    ],
  },
  {
    name: "An integer of more than 4300 digits, and a body that is no UTF-8, are answered 400",
    rule: "body.unreadable",
    tier: "read",
    steps: [
      {
        send: { ...create, authorization: null, text: `{"name":${"9".repeat(4301)}}` },
        expect: unreadable,
      },
      { send: { ...create, authorization: null, bytes: Buffer.from('{"name":"\xff"}', "latin1") }, expect: unreadable },
    ],
  },
  {
    name: "Credentials are looked at before fields",
    rule: "order.credentials-before-fields",
    tier: "read",
    steps: [
      {
        send: { method: "GET", path: "/api/v1/tokens?limit=x", authorization: null },
        expect: answer(401, '{"detail":"Not authenticated"}'),
      },
    ],
  },
  {
    name: "The business is looked at after the credentials and before fields",
    rule: "order.business-before-fields",
    tier: "read",
    steps: [
      {
        send: { method: "GET", path: "/api/v1/tokens?limit=x", business: null },
        expect: answer(400, '{"detail":"Invalid request parameters"}'),
      },
      {
        send: { method: "GET", path: "/api/v1/tokens?limit=x", authorization: null, business: null },
        expect: answer(401, '{"detail":"Not authenticated"}'),
      },
    ],
  },
  {
    name: "Fields are looked at before the token is looked for",
    rule: "order.fields-before-operation",
    tier: "read",
    steps: [
      {
        send: { ...revokeNothing, json: { reason: 5 } },
        expect: invalid({
          type: "string_type",
          loc: ["body", "reason"],
          msg: "Input should be a valid string",
          input: 5,
        }),
      },
    ],
  },
  {
    name: "Invalid query parameters are answered 422, all of them, in the order of declaration",
    rule: "fields.invalid",
    tier: "read",
    steps: [
      {
        send: { method: "GET", path: "/api/v1/tokens?descending=2&limit=5.5&include_revoked=maybe" },
        expect: invalid(flagParsing("include_revoked", "maybe"), integerParsing("5.5"), flagParsing("descending", "2")),
      },
    ],
  },
  {
    name: "The last of a repeated query parameter counts",
    rule: "query.last-counts",
    tier: "read",
    steps: [
      {
        send: { method: "GET", path: "/api/v1/tokens?limit=x&limit=7&unknown=1" },
        expect: { status: 200, body: { limit: 7 } },
      },
      { send: { method: "GET", path: "/api/v1/tokens?limit=7&limit=x" }, expect: invalid(integerParsing("x")) },
    ],
  },
  {
    name: "Integers and booleans in a query are read as Pydantic reads them",
    rule: "scalars.lax",
    tier: "read",
    steps: [
      {
        send: { method: "GET", path: "/api/v1/tokens?limit=%20%2B0_5.0%20&include_revoked=ON&descending=f" },
        expect: { status: 200, shape: "listTokens", body: { limit: 5 } },
      },
    ],
  },
  {
    name: "Nothing becomes a string that is none",
    rule: "scalars.lax",
    tier: "read",
    steps: [5, true, []].map((reason) => ({
      send: { ...revokeNothing, json: { reason } },
      expect: invalid({
        type: "string_type",
        loc: ["body", "reason"],
        msg: "Input should be a valid string",
        input: reason,
      }),
    })),
  },
  {
    name: "JSON is read in UTF-8, UTF-16 and UTF-32, with and without a byte order mark",
    rule: "body.encodings",
    tier: "read",
    steps: [
      Buffer.from("\ufeff{'", "utf8"),
      Buffer.from("\ufeff{'", "utf16le"),
      Buffer.from("{'", "utf16le"),
      Buffer.from("\ufeff{'", "utf16le").swap16(),
      Buffer.from([0, 0, 0, 0x7b, 0, 0, 0, 0x27]),
      Buffer.from([0x7b, 0, 0, 0, 0x27, 0, 0, 0]),
    ].map((bytes) => ({
      send: { ...create, authorization: null, bytes },
      expect: unparsable(1, "Expecting property name enclosed in double quotes"),
    })),
  },
  {
    name: "Replies are compact JSON, unescaped, without charset or etag",
    rule: "reply.form",
    tier: "read",
    steps: [
      {
        send: { ...revokeNothing, json: { reason: { "é😀": 1 } } },
        expect: answer(
          422,
          `{"detail":[{"type":"string_type","loc":["body","reason"],"msg":"Input should be a valid string","input":{"é😀":1}}]}`,
        ),
      },
      {
        send: { method: "GET", path: "/api/v1/tokens?limit=1" },
        expect: { status: 200, headers: json, text: /^\{"(.*":\{")?items":\[(\{"[^ ]+":.*\})?\],"[^ ]*\}$/ },
      },
    ],
  },
  {
    name: "Replies say which double they are from",
    rule: "reply.marked",
    tier: "full",
    steps: [
      {
        send: { method: "GET", path: "/api/v1/tokens", authorization: null },
        expect: { status: 401, headers: { "x-dayzero-double": /^\d+\.\d+\.\d+/ } },
      },
    ],
  },
  {
    name: "A body over 8 MiB is answered 413",
    rule: "body.too-large",
    tier: "full",
    steps: [
      {
        send: { ...create, authorization: null, text: " ".repeat(8 * 1024 * 1024 + 1) },
        expect: answer(413, '{"detail":"Request body too large"}'),
      },
    ],
  },
  {
    name: "A body of another content type is not read as JSON",
    rule: "body.content-type",
    tier: "read",
    steps: [
      {
        send: { ...revokeNothing, text: '{"reason":"x"}', headers: { "content-type": "text/plain" } },
        expect: invalid(notAnObject('{"reason":"x"}')),
      },
    ],
  },
  {
    name: "A body that is no object is answered 422, and echoed as it was spelled",
    rule: "body.not-an-object",
    tier: "read",
    steps: [
      {
        send: { ...revokeNothing, text: "[1.0,-0.0,12345678901234567890,1e16]" },
        expect: {
          ...answer(
            422,
            `{"detail":[{"type":"model_attributes_type","loc":["body"],"msg":"Input should be a valid dictionary or object to extract fields from","input":[1.0,-0.0,12345678901234567890,1e+16]}]}`,
          ),
        },
      },
    ],
  },
  {
    name: "A 422 that would echo NaN is answered 500 in plain text",
    rule: "reply.unserializable",
    // An error inside somebody's server wakes people up, so only a double is asked for one.
    tier: "full",
    steps: [
      {
        send: { ...revokeNothing, text: '{"reason":NaN}' },
        expect: {
          status: 500,
          headers: { "content-type": "text/plain; charset=utf-8" },
          text: "Internal Server Error",
        },
      },
    ],
  },
];
