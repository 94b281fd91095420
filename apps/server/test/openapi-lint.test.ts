import { openapi } from "@dayzero-tokens/contract/openapi";
import { createConfig, lintFromString } from "@redocly/openapi-core";
import spectralCore, { type RulesetDefinition } from "@stoplight/spectral-core";
import { oas } from "@stoplight/spectral-rulesets";
import { describe, expect, test } from "vitest";
import { controlOpenapi } from "../src/steering/info.ts";

/** The linters' recommended rules, and those of them that a document breaks, with the reason why. */
const documents = [
  {
    name: "the API's document",
    document: openapi(),
    redocly: { "info-license": "the API is DayZero's, and its licence is not documented" },
    spectral: { "info-contact": "the project is not DayZero's, and sends nobody there" },
  },
  {
    name: "the control plane's document",
    document: controlOpenapi(),
    redocly: {},
    spectral: {
      "info-contact": "whoever runs the double is who to ask, and it does not know who that is",
      "operation-description": "the summary and the descriptions of the answers say it",
    },
  },
].map(({ document, ...rest }) => ({ ...rest, source: JSON.stringify(document) }));

const spoilt = JSON.stringify({ ...openapi(), paths: { "/a/": { get: { responses: { 200: {} } } } } });

describe("Redocly", () => {
  test.each(documents)("has nothing against $name but what is listed with a reason", async ({ source, redocly }) => {
    expect(await rulesBroken(source)).toEqual(Object.keys(redocly));
  });

  test("has much against a spoilt one", async () => {
    expect(await rulesBroken(spoilt)).toContain("struct");
  });

  async function rulesBroken(source: string): Promise<string[]> {
    const config = await createConfig({ extends: ["recommended"] });
    const problems = await lintFromString({ source, absoluteRef: "openapi.json", config });
    return [...new Set(problems.map(({ ruleId }) => ruleId))].sort();
  }
});

describe("Spectral", () => {
  test.each(documents)("has nothing against $name but what is listed with a reason", async ({ source, spectral }) => {
    expect(await rulesBroken(source)).toEqual(Object.keys(spectral));
  });

  test("has much against a spoilt one", async () => {
    expect(await rulesBroken(spoilt)).toContain("oas3-schema");
  });

  async function rulesBroken(source: string): Promise<string[]> {
    const linter = new spectralCore.Spectral();
    // Its declarations are of looser options than ours.
    linter.setRuleset({ extends: [[oas as RulesetDefinition, "recommended"]] });
    return [...new Set((await linter.run(source)).map(({ code }) => String(code)))].sort();
  }
});
