import { APITokenCreateResponse } from "@dayzero-tokens/contract";
import { expect, test } from "vitest";
import { type Double, startDouble } from "../src/index.ts";
import { wellKnown } from "../src/world/well-known.ts";
import { type RawAnswer, sendRaw } from "./raw-http.ts";
import { exceptions } from "./vectors/exceptions.ts";
import { fill, type Placeholders, requestBytes, type Vector, vectors } from "./vectors.ts";

test.each(vectors.map((vector) => [vector.id, vector.title, vector] as const))("%s: %s", async (id, _, vector) => {
  await using double = await startDouble();
  const placeholders = await placeholdersFor(double);

  const answer = await sendRaw(double.url, requestBytes(vector, placeholders));

  const [actual, expected] = [comparable(answer, vector), recorded(vector, placeholders)];
  if (exceptions[id] === undefined) expect(actual).toEqual(expected);
  else expect(actual, `${id} matches now: take it off the list of exceptions`).not.toEqual(expected);
});

test("every listed exception is a vector", () => {
  const ids = new Set(vectors.map(({ id }) => id));
  expect(Object.keys(exceptions).filter((id) => !ids.has(id))).toEqual([]);
});

async function placeholdersFor({ url }: Double): Promise<Placeholders> {
  const { businessId, secret } = wellKnown;
  const headers = {
    authorization: `Bearer ${secret}`,
    "x-business-id": businessId,
    "content-type": "application/json",
  };
  const created = await fetch(`${url}/api/v1/tokens`, { method: "POST", headers, body: '{"name":"to be revoked"}' });
  return {
    HOST: new URL(url).host,
    TOKEN: secret,
    BUSINESS: businessId,
    BUSINESS_UPPER: businessId.toUpperCase(),
    BUSINESS_HEX: businessId.replaceAll("-", ""),
    TOKEN_ID: APITokenCreateResponse.parse(await created.json()).token_info.id,
  };
}

const comparedHeaders = ["content-type", "allow", "location", "www-authenticate"];

/** What is compared of an answer: an error to the letter, a success by its shape. */
function comparable({ status, headers, body }: RawAnswer, { response }: Vector) {
  const compared = Object.fromEntries(
    comparedHeaders.flatMap((name) => (headers[name] === undefined ? [] : [[name, headers[name]]])),
  );
  const text = body.toString();
  if (response.status >= 300 || status >= 300) return { status, headers: compared, text };
  const reply = JSON.parse(text);
  const lifetime = response.expires_in_days === undefined ? {} : { days: daysOf(reply.token_info) };
  return { status, headers: compared, reply: shapeOf(reply, response.body), ...lifetime };
}

function recorded({ response }: Vector, placeholders: Placeholders) {
  const { status, body, body_text = "", expires_in_days } = response;
  const headers = Object.fromEntries(
    Object.entries(response.headers).map(([name, value]) => [name, fill(value, placeholders)]),
  );
  if (status >= 300) return { status, headers, text: body_text };
  const filled = JSON.parse(fill(JSON.stringify(body), placeholders));
  return { status, headers, reply: filled, ...(expires_in_days !== undefined && { days: expires_in_days }) };
}

const daysOf = ({ created_at, expires_at }: { created_at: string; expires_at: string }) =>
  (Date.parse(expires_at) - Date.parse(created_at)) / 86_400_000;

/** Puts the recorded placeholder wherever the value is of the kind that it stands for. */
function shapeOf(value: unknown, pattern: unknown): unknown {
  if (pattern === "{{ANY}}") return pattern;
  if (pattern === "{{STRING}}" && typeof value === "string") return pattern;
  if (pattern === "{{ARRAY}}" && Array.isArray(value)) return pattern;
  if (pattern === "{{DATETIME}}" && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{6})?Z$/.test(String(value))) return pattern;
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, shapeOf(part, Object(pattern)[key])]));
}
