import { expect, test } from "vitest";
import type { Case } from "./case.ts";
import { cases } from "./cases/index.ts";
import { httpCarrier } from "./http-carrier.ts";
import type { Outcome, Result } from "./run-suite.ts";
import { terminalReport } from "./terminal-report.ts";

const url = "http://127.0.0.1:1";
const target = { url, token: "", businessId: "", carrier: httpCarrier };
const name = "A name that is longer than the terminal is wide";
const each: Case = { name, rule: "list.listed", tier: "read", steps: [] };

const resultOf = (each: Case, outcome: Outcome, isTolerated = false): Result => ({
  case: each,
  source: "documented",
  outcome,
  isTolerated,
  milliseconds: 1.4,
});

/** Everything that is written of a case, each time something is. */
function written(width: number, result = resultOf(each, { kind: "passed" })): string[] {
  const parts: string[] = [];
  const report = terminalReport({ write: (text) => void parts.push(text), width, hasColour: false });
  report.start({ target, isDouble: false, tier: "read", cases: [result.case] });
  const before = parts.length + 1;
  report.case(result.case);
  report.result(result);
  return parts.slice(before);
}

test("what runs now is shown until it is over, and covered with blanks", () => {
  expect(written(120)).toEqual([
    `  1/1  ${name}`,
    `\r${" ".repeat(54)}\r  ✓ list.listed                      ${name}  1 ms\n`,
  ]);
});

test("what runs now was more than a narrow terminal can take back: it is cut, and no word in the middle", () => {
  expect(written(20)).toEqual([
    "  1/1  A name that",
    `\r${" ".repeat(18)}\r  ✓ list.listed\n    A name that is\n    longer than the\n    terminal is wide\n    1 ms\n`,
  ]);
});

test("where nothing can be taken back, only what is over is told", () => {
  expect(written(0).join("")).toBe(`  ✓ list.listed                      ${name}  1 ms\n`);
});

test("a name used to be cut in the middle of a word at 80 columns: it goes on below, in its own column", () => {
  expect(written(80).at(-1)).toBe(
    `\r${" ".repeat(54)}\r  ✓ list.listed                      A name that is longer than the terminal is\n${" ".repeat(37)}wide  1 ms\n`,
  );
});

const outcomes: Outcome[] = [
  { kind: "passed" },
  { kind: "not-run", reason: "the target answered 429, 5xx or nothing 3 times in a row" },
];

test.each([80, 60, 40])("a table of all cases fits %i columns, and no word is cut in the middle", (width) => {
  for (const each of cases) {
    for (const outcome of outcomes) {
      const [now = "", table = ""] = written(width, resultOf(each, outcome));
      const text = table.replace(/^\r *\r/, "");

      expect(now.length).toBeLessThan(width);
      expect(text.split("\n").filter((line) => line.length > width)).toEqual([]);
      expect(wordsOf(text)).toContain(wordsOf(each.name));
    }
  }
});

test.each([80, 60, 40])("what is told of a failure fits %i columns, but for what cannot be broken", (width) => {
  const parts: string[] = [];
  const report = terminalReport({ write: (text) => void parts.push(text), width, hasColour: false });
  const [failing = each] = cases.filter(({ rule }) => rule === "credentials.challenge");
  const answer = {
    method: "GET",
    url: `${url}/api/v1/tokens`,
    headers: [["x-business-id", "01941f29-7c00-7000-8000-0000000000b1"]] as const,
    requestBody: undefined,
    status: 401,
    responseHeaders: new Headers({ date: "Sun, 01 Mar 2026 12:00:00 GMT" }),
    text: JSON.stringify({ detail: "Not authenticated", more: Array.from({ length: 40 }, (_, n) => n) }),
    body: undefined,
  };
  const mismatches = [{ path: "header www-authenticate", expected: "Bearer", actual: null }];
  const result = resultOf(failing, { kind: "failed", step: 1, answer, mismatches, memory: {} }, true);
  report.start({ target, isDouble: false, tier: "read", cases: [failing] });
  report.case(failing);
  report.result(result);
  report.end(
    { results: [result], leftBehind: { ids: [], name: "dayzero-double verify 123456" }, revision: "bare", requests: 1 },
    {
      cases: 1,
      passed: 0,
      failed: 0,
      tolerated: 1,
      notRun: {},
      notAskedFor: { write: 14, full: 30 },
      requests: 1,
      isGood: false,
    },
  );

  const lines = parts
    .join("")
    .replace(/\r *\r/g, "\n")
    .split("\n");
  const unbreakable = /^ *(?:-H )?'[^']*'(?: \\)?$/;
  expect(lines.filter((line) => line.length > width && !unbreakable.test(line))).toEqual([]);
  expect(lines).toContain(`${" ".repeat(12)}-H 'x-business-id: 01941f29-7c00-7000-8000-0000000000b1'`);
});

const wordsOf = (text: string) => text.replace(/\s+/g, " ");
