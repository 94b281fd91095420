import {
  APITokenCreateResponse,
  APITokenListResponse,
  APITokenRevokeResponse,
  SuccessEnvelope,
} from "@dayzero-tokens/contract";
import fc from "fast-check";
import { expect, test } from "vitest";
import type * as z from "zod";
import { open } from "./envelope.ts";
import { createRoute, listRoute, revokeRoute } from "./routes.ts";
import { misfit } from "./shape.ts";

const text = fc.string({ maxLength: 8 });
const nullish = <T>(values: fc.Arbitrary<T>) => fc.option(fc.option(values, { nil: null }), { nil: undefined });
const dateTime = fc
  .date({ noInvalidDate: true, min: new Date(0), max: new Date(4e12) })
  .map((date) => date.toISOString());

const record = fc.record(
  {
    id: text,
    jti: text,
    name: nullish(text),
    description: nullish(text),
    token_prefix: text,
    token_type: nullish(text),
    created_at: dateTime,
    last_used_at: nullish(dateTime),
    expires_at: nullish(dateTime),
    revoked_at: nullish(dateTime),
    revocation_reason: nullish(text),
    from_the_future: fc.anything(),
  },
  { requiredKeys: ["id", "jti", "token_prefix", "created_at"] },
);

const bodies: readonly [string, z.ZodType, typeof createRoute, fc.Arbitrary<object>][] = [
  ["create", APITokenCreateResponse, createRoute, fc.record({ token: text, token_info: record })],
  [
    "list",
    APITokenListResponse,
    listRoute,
    fc.record(
      {
        items: fc.array(record, { maxLength: 3 }),
        total: nullish(fc.nat()),
        limit: nullish(fc.nat()),
        next_cursor: nullish(text),
        prev_cursor: nullish(text),
        has_next: fc.boolean(),
        has_prev: fc.boolean(),
      },
      { requiredKeys: ["items", "has_next", "has_prev"] },
    ),
  ],
  [
    "revoke",
    APITokenRevokeResponse,
    revokeRoute,
    fc.record(
      { id: text, jti: text, name: nullish(text), revoked_at: dateTime, revoked_by: nullish(text) },
      { requiredKeys: ["id", "jti", "revoked_at"] },
    ),
  ],
];

test.each(bodies)(
  "what the contract allows in the answer of %s, the client accepts",
  (_, schema, { shape }, values) => {
    fc.assert(
      fc.property(values, (value) => {
        expect(schema.safeParse(value).success).toBe(true);
        expect(misfit(value, shape)).toBeUndefined();
      }),
    );
  },
);

test.each(bodies)(
  "what the contract allows in an envelope around the answer of %s, the client opens",
  (_, schema, route, values) => {
    const envelopes = fc.record(
      { success: fc.constant(true), message: text, code: text, data: values },
      { requiredKeys: ["data"] },
    );
    fc.assert(
      fc.property(envelopes, (envelope) => {
        expect(SuccessEnvelope(schema).safeParse(envelope).success).toBe(true);
        expect(open(envelope, route.shape)).toEqual({ data: envelope.data, path: "body.data", isFailure: false });
        expect(open(envelope.data, route.shape)).toMatchObject({ data: envelope.data, path: "body" });
      }),
    );
  },
);

test.each(bodies)(
  "what the client refuses in the answer of %s, the contract refuses too",
  (_, schema, { shape }, values) => {
    const broken = fc
      .tuple(values, fc.string(), fc.anything())
      .map(([value, choice, junk]) => breakAt(value, choice, junk));
    fc.assert(
      fc.property(broken, (value) => {
        if (misfit(value, shape) !== undefined) expect(schema.safeParse(value).success).toBe(false);
      }),
      { numRuns: 500 },
    );
  },
);

/** The value with one of its parts, at whatever depth, replaced. */
function breakAt(value: object, choice: string, junk: unknown): unknown {
  const keys = Object.keys(value);
  const key = keys[choice.length % keys.length];
  if (key === undefined) return junk;
  const part: unknown = Object(value)[key];
  const deeper = typeof part === "object" && part !== null && choice.length > 1;
  const next = deeper ? breakAt(part, choice.slice(1), junk) : junk;
  return Array.isArray(value) ? value.with(Number(key), next) : { ...value, [key]: next };
}

test("a shape error names the first place that is wrong", () => {
  expect(misfit({ items: [{ id: "1" }] }, listRoute.shape)).toBe("body.items.0.jti");
});
