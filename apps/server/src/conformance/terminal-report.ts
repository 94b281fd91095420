import { styleText } from "node:util";
import { version } from "../version.ts";
import type { Tier } from "./case.ts";
import { type Explanation, explain, whatToReport } from "./explanation.ts";
import { ledger } from "./ledger.ts";
import type { Plan, Report } from "./report.ts";
import type { Result } from "./run-suite.ts";
import { type Tally, verdictOf } from "./tally.ts";

export interface Terminal {
  readonly write: (text: string) => void;
  /** In characters. A line says what runs now, and is taken back; 0 where nothing can be: then there is none. */
  readonly width: number;
  readonly hasColour: boolean;
}

type Style = Parameters<typeof styleText>[0];

const looks = {
  passed: ["✓", "green"],
  failed: ["✗", "red"],
  differs: ["≠", "yellow"],
  "not run": ["–", "magenta"],
} as const;

/** A table for a person, a line as each case ends; then what failed, and the numbers. */
export function terminalReport({ write, width, hasColour }: Terminal): Report {
  const paint = (style: Style, text: string) => (hasColour ? styleText(style, text, { validateStream: false }) : text);
  let shown = 0;
  // With spaces and not with an escape code: whoever wants no colour gets none of those.
  const line = (text: string) => {
    write(`${shown > 0 ? `\r${" ".repeat(shown)}\r` : ""}${text}\n`);
    shown = 0;
  };
  let plan: Plan | undefined;
  let tier: Tier | undefined;
  let begun = 0;
  return {
    start(given) {
      plan = given;
      const what = given.isDouble ? "a double" : "no double";
      line(
        `dayzero-double ${version} verifies ${given.target.url} (${what}), tier ${given.tier}: ${given.cases.length} cases`,
      );
    },
    case(each) {
      begun += 1;
      if (each.tier !== tier) line(`\n${paint("bold", each.tier)}`);
      tier = each.tier;
      // A line that is full goes on in the next one, and cannot be taken back.
      const now = `  ${begun}/${plan?.cases.length}  ${each.name}`.slice(0, Math.max(0, width - 1));
      write(now);
      shown = now.length;
    },
    result(result) {
      const verdict = verdictOf(result);
      const [sign, style] = looks[verdict];
      const { outcome, case: each, milliseconds } = result;
      const note = outcome.kind === "not-run" ? `not run: ${outcome.reason}` : `${Math.round(milliseconds)} ms`;
      line(`  ${paint(style, sign)} ${each.rule.padEnd(ruleWidth)}  ${each.name}  ${paint("dim", note)}`);
    },
    end({ results, leftBehind }, tally) {
      const failed = results.flatMap((result) => {
        const explanation = plan && explain(result, plan.target);
        return explanation ? [{ result, explanation }] : [];
      });
      for (const { result, explanation } of failed) {
        const [, style] = looks[verdictOf(result)];
        line(`\n${paint(style, headline(result))}`);
        for (const each of explanationLines(explanation)) line(`  ${each}`);
        if (plan && result.isTolerated && result.outcome.kind === "failed") {
          line(`  ${visible(whatToReport(plan.target, result.outcome.answer))}`);
        }
      }
      line("");
      for (const each of tallyLines(tally)) line(each);
      if (leftBehind.ids.length > 0)
        line(paint("red", "These tokens were created and could not be revoked; please do:"));
      for (const id of leftBehind.ids) line(`  ${visible(id)}`);
      if (leftBehind.name !== undefined) {
        line(
          paint("red", `A create was not answered: please look for a token named "${leftBehind.name}", and revoke it.`),
        );
      }
    },
  };
}

const ruleWidth = Math.max(...Object.keys(ledger).map((id) => id.length));

const headline = ({ case: each, isTolerated }: Result) =>
  isTolerated ? `upstream differs from our inference ${each.rule}: ${each.name}` : `failed: ${each.name}`;

function explanationLines({ rule, says, source, basis, curl, actual, differences, step }: Explanation): string[] {
  return [
    `rule      ${rule} (${source}): ${says}`,
    `rests on  ${basis}`,
    `request   ${curl}`,
    `answer    ${actual.status} ${visible(actual.body)}`,
    ...differences.flatMap(({ path, expected, actual }) => [
      `at ${visible(path)}${step === 0 ? ", making the sandbox" : ""}`,
      `  - expected  ${visible(expected)}`,
      `  + actual    ${visible(actual)}`,
    ]),
  ];
}

const spelled: Readonly<Record<string, string>> = { "\n": "\\n", "\r": "\\r", "\t": "\\t" };

/** What comes from a target must neither break a line nor steer the terminal. */
const visible = (text: string) =>
  text.replace(
    /[\p{Cc}\u2028\u2029]/gu,
    (character) => spelled[character] ?? `\\x${character.charCodeAt(0).toString(16).padStart(2, "0")}`,
  );

function tallyLines({ cases, passed, failed, tolerated, notRun, notAskedFor, requests, isGood }: Tally): string[] {
  const unrun = Object.values(notRun).reduce((sum, count) => sum + count, 0);
  const left = Object.entries(notAskedFor).map(([tier, count]) =>
    tier === "other" ? `${count} others` : `${count} of tier ${tier}`,
  );
  return [
    `${isGood ? "passed" : "not passed"}: of ${cases} cases ${passed} passed, ${failed} failed, ${unrun} not run; ${requests} requests`,
    ...(tolerated > 0 ? [`${tolerated} differ from an inference of ours, and do not count without --strict`] : []),
    ...Object.entries(notRun).map(([reason, count]) => `${count} not run: ${reason}`),
    ...(left.length > 0 ? [`not asked for: ${left.join(", ")}`] : []),
  ];
}
