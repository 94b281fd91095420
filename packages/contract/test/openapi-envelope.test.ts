import { expect, test } from "vitest";
import { openapi } from "../src/openapi.ts";

/** As they are written: without what JSON cannot say. */
const bare = JSON.parse(JSON.stringify(openapi()));
const enveloped = JSON.parse(JSON.stringify(openapi({ envelope: true })));

const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });
const operationsOf = ({ paths }: typeof bare) => [
  paths["/api/v1/tokens"].post,
  paths["/api/v1/tokens"].get,
  paths["/api/v1/tokens/{token_id}/revoke"].post,
];
const names = ["APITokenCreateResponse", "APITokenListResponse", "APITokenRevokeResponse"];

test("in the enveloped revision each success is an envelope of upstream's name, and refusals are as they were", () => {
  for (const [at, { responses }] of operationsOf(enveloped).entries()) {
    const [success] = Object.keys(responses);
    const content = { "application/json": { schema: ref(`SuccessEnvelope_${names[at]}_`) } };

    expect(responses).toEqual({
      ...operationsOf(bare)[at].responses,
      [String(success)]: { description: "Successful Response", content },
    });
  }
});

test.each(names)("the envelope of %s has four members, none of them required", (name) => {
  expect(enveloped.components.schemas[`SuccessEnvelope_${name}_`]).toEqual({
    type: "object",
    properties: {
      success: { type: "boolean" },
      message: { type: "string" },
      code: { type: "string" },
      data: ref(name),
    },
  });
});

test("the revisions differ in nothing else", () => {
  const withoutSuccess = (document: typeof bare) =>
    JSON.parse(JSON.stringify(document), (key, value) =>
      key === "200" || key === "201" || key.startsWith("SuccessEnvelope_") ? undefined : value,
    );

  expect(withoutSuccess(enveloped)).toEqual(withoutSuccess(bare));
});

test("written again, it is the same", () => {
  expect(JSON.stringify(openapi({ envelope: true }))).toBe(JSON.stringify(openapi({ envelope: true })));
});
