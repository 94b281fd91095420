import { explain, whatToReport } from "./explanation.ts";
import type { Plan, Report } from "./report.ts";
import type { Result } from "./run-suite.ts";
import { verdictOf } from "./tally.ts";

/** The run as JUnit's XML, handed over whole at its end. A case that was not run is an error there, not a skip. */
export function junitReport(save: (document: string) => void): Report {
  let plan: Plan | undefined;
  return {
    start(given) {
      plan = given;
    },
    case() {},
    result() {},
    end({ results, leftBehind, revision }) {
      if (plan === undefined) return;
      const { target } = plan;
      const left = [...leftBehind.ids, ...(leftBehind.name === undefined ? [] : [leftBehind.name])];
      const output = left.length === 0 ? "" : `<system-err>${xml(`left behind: ${left.join(", ")}`)}</system-err>`;
      const count = (verdict: string) => results.filter((result) => verdictOf(result) === verdict).length;
      const numbers = attributes({
        name: "dayzero-double verify",
        tests: results.length,
        failures: count("failed"),
        errors: count("not run"),
        skipped: count("differs"),
      });
      const cases = results.map((result) => `\n${testCase(result, plan)}`).join("");
      const known = { target: target.url, revision: revision ?? "unknown" };
      const properties = Object.entries(known).map(([name, value]) => `<property${attributes({ name, value })}/>`);
      save(
        `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites>\n<testsuite${numbers}><properties>${properties.join("")}</properties>${cases}\n${output}</testsuite>\n</testsuites>\n`,
      );
    },
  };
}

function testCase(result: Result, plan: Plan | undefined): string {
  const { case: each, milliseconds } = result;
  const time = (milliseconds / 1000).toFixed(3);
  const head = attributes({ classname: `${each.tier}.${each.rule}`, name: each.name, time });
  const content = plan && contentOf(result, plan);
  return content === undefined ? `<testcase${head}/>` : `<testcase${head}>${content}</testcase>`;
}

function contentOf(result: Result, { target }: Plan): string | undefined {
  const { outcome, isTolerated } = result;
  if (outcome.kind === "passed") return undefined;
  if (outcome.kind === "not-run") return `<error${attributes({ message: `not run: ${outcome.reason}` })}/>`;
  const { rule, says, source, basis, curl, actual, differences } = explain(result, target) ?? {};
  const details = [
    `${rule} (${source}): ${says}`,
    `rests on: ${basis}`,
    curl,
    `answered ${actual?.status} ${actual?.body}`,
    ...(differences ?? []).map(({ path, expected, actual }) => `${path}: expected ${expected}, actual ${actual}`),
  ];
  if (!isTolerated) return `<failure${attributes({ message: details[0] ?? "" })}>${xml(details.join("\n"))}</failure>`;
  const told = [...details, whatToReport(target, outcome.answer)].join("\n");
  const skipped = `<skipped${attributes({ message: `upstream differs from our inference ${rule}` })}/>`;
  return `${skipped}<system-out>${xml(told)}</system-out>`;
}

const attributes = (values: Readonly<Record<string, string | number>>) =>
  Object.entries(values)
    .map(([name, value]) => ` ${name}="${xml(String(value))}"`)
    .join("");

const entities: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

/** XML has no way at all to write most control characters and lone surrogates: they are shown as U+FFFD. */
const xml = (text: string) =>
  text
    .toWellFormed()
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, "\ufffd")
    .replace(/[&<>"]/g, (character) => entities[character] ?? character);
