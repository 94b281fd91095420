import { afterAll, beforeAll, expect, test } from "vitest";
import { groupsOf, ruleIds } from "../../test/fidelity-page.ts";
import { type Held, ruleTests } from "../../test/rule-tests.ts";
import { defects } from "./defects.ts";
import { type Chosen, type DefectRunner, type Ran, startDefectRunner } from "./run-with-defect.ts";

/** What the ledger names for a rule beside its cases, as tests that can be told by their names. */
interface Evidence {
  readonly file: string;
  readonly says: string;
  readonly tests: RegExp;
}

const recorded = "test/recorded-answers.test.ts";
const held = ruleIds
  .map((id) => ({
    id,
    evidence: [...(ruleTests[id] ?? []).map(namedTest), ...groupsOf(id).map(recordedGroup)],
  }))
  .filter(({ evidence }) => evidence.length > 0);

let runner: DefectRunner;
beforeAll(async () => {
  runner = await startDefectRunner();
});
afterAll(() => runner[Symbol.asyncDispose]());

test("everything that a rule names is there, and passes", async () => {
  const named = held.flatMap(({ evidence }) => evidence);

  const ran = await runner.run(chosenOf(named));

  expect(named.filter((each) => !ran.some(isOf(each))).map(({ says }) => says)).toEqual([]);
  expect(ran.filter(({ hasPassed }) => !hasPassed)).toEqual([]);
});

test("every rule that names something has a defect", () => {
  expect(Object.keys(defects).toSorted()).toEqual(held.map(({ id }) => id).toSorted());
});

test.each(held)(
  "$id: everything that it names fails with a defect, and every defect fails something",
  async ({ id, evidence }) => {
    const failed: Evidence[][] = [];
    for (const defect of defects[id] ?? []) {
      const ran = await runner.run(chosenOf(evidence), defect);
      failed.push(evidence.filter((each) => ran.filter(isOf(each)).some(({ hasPassed }) => !hasPassed)));
    }

    expect(evidence.filter((each) => !failed.flat().includes(each)).map(({ says }) => says)).toEqual([]);
    expect(defects[id]?.filter((_, at) => failed[at]?.length === 0)).toEqual([]);
  },
);

/** The sentence is a part of the name, as it stands in the source. */
function namedTest([file, sentence]: Held): Evidence {
  const escaped = sentence.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&").replace(/%[a-z]/g, ".*");
  return { file, says: `${file}: ${sentence}`, tests: new RegExp(escaped) };
}

function recordedGroup(group: string): Evidence {
  return { file: recorded, says: `recorded answers: ${group}`, tests: new RegExp(`^${group}-\\d+: `) };
}

const isOf =
  ({ file, tests }: Evidence) =>
  (ran: Ran) =>
    ran.file === file && tests.test(ran.name);

/** Of each file only what is named. */
function chosenOf(evidence: readonly Evidence[]): Chosen[] {
  const files = [...new Set(evidence.map(({ file }) => file))];
  return files.map((file) => {
    const sources = evidence.filter((each) => each.file === file).map(({ tests }) => tests.source);
    return { file, tests: new RegExp(sources.join("|")) };
  });
}
