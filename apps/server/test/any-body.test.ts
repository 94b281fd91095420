import fc from "fast-check";
import { expect, test } from "vitest";
import { answerOf, startApi } from "./api.ts";

const internalServerError = {
  status: 500,
  headers: { "content-type": "text/plain; charset=utf-8" },
  text: "Internal Server Error",
};

const contentType = fc.oneof(
  { weight: 3, arbitrary: fc.constant("application/json") },
  fc.constantFrom(
    "application/json; charset=utf-16",
    "application/vnd.api+json",
    "text/plain",
    "application/x-www-form-urlencoded",
    "multipart/form-data; boundary=x",
    "application/jsonx",
    "",
  ),
  fc.stringMatching(/^[!-~]{1,12}$/),
);

const field = fc.oneof(
  fc.string({ unit: "binary", maxLength: 300 }),
  fc.integer(),
  fc.double(),
  fc.boolean(),
  fc.constant(null),
  fc.constantFrom("5", " 5 ", "366", "1e2"),
  fc.jsonValue(),
);
const create = fc
  .record({ name: field, description: field, expires_in_days: field }, { requiredKeys: [] })
  .map((value) => JSON.stringify(value));
const oddText = fc.constantFrom(
  '{"name":NaN}',
  '{"name":"a","x":Infinity}',
  '{"expires_in_days":1e999}',
  '{"name":"\\ud800"}',
  '{"name":"a","name":"b"}',
  `{"name":"a","expires_in_days":${"9".repeat(40)}}`,
  "[".repeat(2_000),
  '{"__proto__":{"name":"a"}}',
  '{"name":"a","constructor":1,"1":2,"toString":null}',
);
const text = fc.oneof(create, fc.json(), oddText, fc.string({ unit: "binary" }), fc.constant(""));

const body = fc.oneof(
  text.map((each) => Buffer.from(each)),
  text.map((each) => Buffer.from(each, "utf16le")),
  text.map((each) => Buffer.from(`\ufeff${each}`)),
  // A text with a byte put in, which is what a faulty client sends.
  fc
    .tuple(text, fc.nat(), fc.nat(255))
    .map(([each, at, byte]) =>
      Buffer.concat([Buffer.from(each.slice(0, at % 20)), Buffer.from([byte]), Buffer.from(each)]),
    ),
  fc.uint8Array().map((bytes) => Buffer.from(bytes)),
);

/** Whether a text, or what it could be echoed as, is one that Python cannot write. */
function mayBeUnwritable(bytes: Buffer): boolean {
  const decoded = bytes.toString("utf8") + bytes.toString("utf16le");
  const isUtf8 = Buffer.from(bytes.toString("utf8")).equals(bytes);
  return !isUtf8 || /NaN|Infinity|[eE]\+?\d{3}|\d{309}|\\u[dD][89a-fA-F]|\p{Surrogate}/u.test(decoded);
}

test("any body of any type gets a well-formed answer, and never breaks the double", async () => {
  const reported: unknown[] = [];
  const { request, credentials } = await startApi({
    limits: { maxActiveTokens: 0 },
    report: (...what) => reported.push(what),
  });
  const path = fc.constantFrom("/api/v1/tokens", "/api/v1/tokens/01941f29-7c00-7000-8000-0000000000ff/revoke");
  const headers = fc.oneof(
    { weight: 5, arbitrary: fc.constant(credentials) },
    { weight: 1, arbitrary: fc.constant({}) },
  );

  await fc.assert(
    fc.asyncProperty(path, headers, contentType, body, async (path, headers, contentType, body) => {
      // Serialised by superagent unless it is told that there is nothing to do.
      const answer = await request
        .post(path)
        .set(headers)
        .set("content-type", contentType)
        .serialize((bytes) => bytes)
        .send(body);

      expect(reported).toEqual([]);
      if (answer.status === 500) {
        expect(answerOf(answer)).toEqual(internalServerError);
        expect(mayBeUnwritable(body)).toBe(true);
        return;
      }
      expect([201, 400, 401, 404, 413, 422]).toContain(answer.status);
      expect(answer.headers["content-type"]).toBe("application/json");
      expect(JSON.parse(answer.text)).toEqual(expect.any(Object));
    }),
    { numRuns: 250 },
  );
});

test("any query gets a well-formed answer, and never breaks the double", async () => {
  const reported: unknown[] = [];
  const { request, credentials } = await startApi({ report: (...what) => reported.push(what) });
  const name = fc.constantFrom("limit", "cursor", "direction", "sort_by", "descending", "include_revoked", "x");
  const value = fc.oneof(
    fc.string({ unit: "binary" }).map(encodeURIComponent),
    fc.stringMatching(/^[!-~]{0,12}$/).map((each) => each.replaceAll("#", "")),
    fc.constantFrom("1", "next", "prev", "name", "true", "%", "%ff", "%00", "+", "=", "&&"),
    fc.base64String(),
    fc.json().map((each) => Buffer.from(each).toString("base64url")),
  );
  const query = fc.array(fc.tuple(name, value)).map((pairs) => pairs.map((pair) => pair.join("=")).join("&"));

  await fc.assert(
    fc.asyncProperty(query, async (query) => {
      const answer = await request.get(`/api/v1/tokens?${query}`).set(credentials);

      expect(reported).toEqual([]);
      expect([200, 400, 422]).toContain(answer.status);
      expect(answer.headers["content-type"]).toBe("application/json");
      expect(JSON.parse(answer.text)).toEqual(expect.any(Object));
    }),
    { numRuns: 100 },
  );
});
