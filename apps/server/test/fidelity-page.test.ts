import { existsSync, readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { notFromOutside } from "../src/conformance/bases.ts";
import { cases } from "../src/conformance/cases/index.ts";
import { startDouble } from "../src/index.ts";
import { divergences } from "./divergences.ts";
import { fidelityPage, groupsOf, ruleIds } from "./fidelity-page.ts";
import { ruleTests } from "./rule-tests.ts";
import { vectors } from "./vectors.ts";

const read = (file: string) => readFileSync(new URL(`../${file}`, import.meta.url), "utf8");
const groups = new Set(vectors.map(({ group }) => group));

/** Files whose tests may be skipped, and what each such test is called as far as the source says. */
const skipped = readdirSync(new URL(".", import.meta.url))
  .filter((file) => file.endsWith(".test.ts") && file !== "fidelity-page.test.ts")
  .toSorted()
  .flatMap((file) =>
    [...read(`test/${file}`).matchAll(/test\.(?:skip|skipIf|runIf|todo)\((.*?)\)\(\s*[`"](.*?)(?:\$\{|[`"],)/gs)].map(
      ([, condition, name]) => `\`test/${file}\`: ${name} (skipped if \`${condition}\`)`,
    ),
  );

test("docs/fidelity.md is what the ledger says; otherwise: pnpm --filter @dayzero-tokens/server run ledger", async () => {
  await expect(fidelityPage(skipped)).toMatchFileSnapshot("../../../docs/fidelity.md");
});

test("every rule has a test or recorded answers, and a case unless it cannot be seen from outside", () => {
  const withCase = new Set<string>(cases.map(({ rule }) => rule));

  expect(ruleIds.filter((id) => !withCase.has(id) && notFromOutside[id] === undefined)).toEqual([]);
  expect(ruleIds.filter((id) => withCase.has(id) && notFromOutside[id] !== undefined)).toEqual([]);
  expect(ruleIds.filter((id) => !withCase.has(id) && ruleTests[id] === undefined)).toEqual([]);
});

test("every case names a rule, every rule's recorded answers are there", () => {
  expect(cases.filter(({ rule }) => !ruleIds.includes(rule))).toEqual([]);
  expect(ruleIds.flatMap(groupsOf).filter((group) => !groups.has(group))).toEqual([]);
});

test("every test that a rule names is there", () => {
  const missing = Object.values(ruleTests)
    .flat()
    .filter(
      ([file, sentence]) => !existsSync(new URL(`../${file}`, import.meta.url)) || !read(file).includes(sentence),
    );

  expect(missing).toEqual([]);
});

test.each(divergences)("still so, or to be taken off the list: $says", async ({ isOpen }) => {
  await using double = await startDouble();

  expect(await isOpen((path, init) => double.fetch(double.url + path, init))).toBe(true);
});
