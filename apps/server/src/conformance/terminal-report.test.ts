import { expect, test } from "vitest";
import type { Case } from "./case.ts";
import { httpCarrier } from "./http-carrier.ts";
import { terminalReport } from "./terminal-report.ts";

const target = { url: "http://127.0.0.1:1", token: "", businessId: "", carrier: httpCarrier };
const name = "A name that is longer than the terminal is wide";
const each: Case = { name, rule: "list.listed", tier: "read", steps: [] };
const result = {
  case: each,
  source: "documented",
  outcome: { kind: "passed" },
  isTolerated: false,
  milliseconds: 1.4,
} as const;

/** Everything that is written of a case that passes. */
function written(width: number): string[] {
  const parts: string[] = [];
  const report = terminalReport({ write: (text) => void parts.push(text), width, hasColour: false });
  report.start({ target, isDouble: false, tier: "read", cases: [each] });
  report.case(each);
  report.result(result);
  return parts.slice(2);
}

test("what runs now is shown until it is over, and covered with blanks", () => {
  expect(written(80)).toEqual([
    `  1/1  ${name}`,
    `\r${" ".repeat(54)}\r  ✓ list.listed                      ${name}  1 ms\n`,
  ]);
});

test("what runs now was more than a narrow terminal can take back: it is cut", () => {
  expect(written(20)).toEqual([
    "  1/1  A name that ",
    `\r${" ".repeat(19)}\r  ✓ list.listed                      ${name}  1 ms\n`,
  ]);
});

test("where nothing can be taken back, only what is over is told", () => {
  expect(written(0).join("")).toBe(`  ✓ list.listed                      ${name}  1 ms\n`);
});
