import { styleText } from "node:util";
import { version } from "../world/version.ts";
import type { Tier } from "./case.ts";
import { type Explanation, explain, whatToReport } from "./explanation.ts";
import { ledger } from "./ledger.ts";
import type { Plan, Report } from "./report.ts";
import type { Revision } from "./revision.ts";
import type { Result } from "./run-suite.ts";
import { type Tally, verdictOf } from "./tally.ts";
import { visible } from "./visible.ts";
import { wrap, wrapCommand } from "./wrap.ts";

export interface Terminal {
  readonly write: (text: string) => void;
  /** In characters. A line says what runs now, and is taken back; 0 where nothing can be: then there is none, and no line is broken. */
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
  const room = width === 0 ? Number.POSITIVE_INFINITY : width;
  let shown = 0;
  // With spaces and not with an escape code: whoever wants no colour gets none of those.
  const line = (text: string) => {
    write(`${shown > 0 ? `\r${" ".repeat(shown)}\r` : ""}${text}\n`);
    shown = 0;
  };
  /** A text in lines that fit, all but the first behind so many blanks; and each painted. */
  const paragraph = (text: string, indent = 0, style?: Style) => {
    const [first, ...rest] = wrap(text, room - indent);
    for (const each of [first, ...rest.map((more) => " ".repeat(indent) + more)]) {
      line(style === undefined ? each : paint(style, each));
    }
  };
  let plan: Plan | undefined;
  let tier: Tier | undefined;
  let begun = 0;
  return {
    start(given) {
      plan = given;
      const what = given.isDouble ? "a double" : "no double";
      paragraph(
        `dayzero-double ${version} verifies ${given.target.url} (${what}), tier ${given.tier}: ${given.cases.length} cases`,
      );
    },
    case(each) {
      begun += 1;
      if (each.tier !== tier) line(`\n${paint("bold", each.tier)}`);
      tier = each.tier;
      // A line that is full goes on in the next one, and cannot be taken back.
      const now = width === 0 ? "" : wrap(`  ${begun}/${plan?.cases.length}  ${each.name}`, width - 1)[0];
      write(now);
      shown = now.length;
    },
    result(result) {
      const verdict = verdictOf(result);
      const [sign, style] = looks[verdict];
      const { outcome, case: each, milliseconds } = result;
      const note = outcome.kind === "not-run" ? `not run: ${outcome.reason}` : `${Math.round(milliseconds)} ms`;
      // Where the names would stand in a column of a few characters, they stand under the rules.
      const isTable = room - tableIndent >= leastColumn;
      const indent = isTable ? tableIndent : 4;
      const name = wrap(each.name, room - indent);
      const notes = wrap(note, room - indent);
      const last = name.at(-1) ?? "";
      const isBeside = notes.length === 1 && last.length + 2 + note.length <= room - indent;
      const texts = [
        ...name.slice(0, isBeside ? -1 : undefined),
        ...(isBeside ? [`${last}  ${paint("dim", note)}`] : notes.map((part) => paint("dim", part))),
      ];
      const lead = `  ${paint(style, sign)} `;
      if (isTable) line(`${lead}${each.rule.padEnd(ruleWidth)}  ${texts.join(`\n${" ".repeat(indent)}`)}`);
      else line([lead + each.rule, ...texts.map((text) => " ".repeat(indent) + text)].join("\n"));
    },
    end({ results, leftBehind, revision }, tally) {
      const failed = results.flatMap((result) => {
        const explanation = plan && explain(result, plan.target);
        return explanation ? [{ result, explanation }] : [];
      });
      for (const { result, explanation } of failed) {
        const [, style] = looks[verdictOf(result)];
        line("");
        paragraph(headline(result), 0, style);
        for (const [label, lines] of entriesOf(explanation, room)) {
          const [first, ...rest] = lines;
          for (const each of [label + first, ...rest.map((more) => " ".repeat(label.length) + more)]) line(each);
        }
        if (plan && result.isTolerated && result.outcome.kind === "failed") {
          paragraph(`  ${visible(whatToReport(plan.target, result.outcome.answer))}`, 2);
        }
      }
      line("");
      paragraph(revisionLine(revision));
      for (const each of tallyLines(tally)) paragraph(each);
      if (leftBehind.ids.length > 0) {
        paragraph("These tokens were created and could not be revoked; please do:", 0, "red");
      }
      for (const id of leftBehind.ids) line(`  ${visible(id)}`);
      if (leftBehind.name !== undefined) {
        paragraph(
          `A create was not answered: please look for a token named "${leftBehind.name}", and revoke it.`,
          0,
          "red",
        );
      }
    },
  };
}

const ruleWidth = Math.max(...Object.keys(ledger).map((id) => id.length));
const tableIndent = 4 + ruleWidth + 2;
const leastColumn = 30;

const headline = ({ case: each, isTolerated }: Result) =>
  isTolerated ? `upstream differs from our inference ${each.rule}: ${each.name}` : `failed: ${each.name}`;

/** What explains a failure: labels, and behind each the lines that stand beside it. */
function entriesOf(explanation: Explanation, room: number): [label: string, lines: readonly string[]][] {
  const { rule, says, source, basis, curl, actual, differences, step } = explanation;
  const entry = (label: string, text: string): [string, readonly string[]] => [label, wrap(text, room - label.length)];
  const request = "  request   ";
  return [
    entry("  rule      ", `${rule} (${source}): ${says}`),
    entry("  rests on  ", basis),
    [request, wrapCommand(curl, room - request.length)],
    entry("  answer    ", `${actual.status} ${visible(actual.body)}`),
    ...differences.flatMap(({ path, expected, actual }) => [
      entry("  ", `at ${visible(path)}${step === 0 ? ", making the sandbox" : ""}`),
      entry("    - expected  ", visible(expected)),
      entry("    + actual    ", visible(actual)),
    ]),
  ];
}

const revisionLine = (revision: Revision | undefined) =>
  revision === undefined
    ? "which revision the target speaks is not known: it answered nothing with success"
    : `the target speaks the ${revision} revision`;

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
