import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { createVitest, type TestSpecification, type Vitest } from "vitest/node";
import type { Defect } from "./defects.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** A test file, and which of its tests are run. */
export interface Chosen {
  readonly file: string;
  readonly tests: RegExp;
}

/** How a test came out; `name` is its whole name, its groups before it. */
export interface Ran {
  readonly file: string;
  readonly name: string;
  readonly hasPassed: boolean;
}

/** A Vitest whose runs have a defect in one of the sources, if any. It is closed at the end of the scope. */
export interface DefectRunner extends AsyncDisposable {
  run(chosen: readonly Chosen[], defect?: Defect): Promise<Ran[]>;
}

export async function startDefectRunner(): Promise<DefectRunner> {
  let planted: { path: string; text: string } | undefined;
  const vitest = await createVitest(
    "test",
    { config: false, root, watch: false, reporters: [{}], include: ["{src,test}/**/*.test.ts"], testTimeout: 60_000 },
    {
      ssr: { resolve: { conditions: ["@dayzero-tokens/source"] } },
      plugins: [
        {
          name: "planted defect",
          enforce: "pre",
          transform: (_code: string, id: string) => (id === planted?.path ? planted.text : undefined),
        },
      ],
    },
  );
  await vitest.standalone();
  return {
    async run(chosen, defect) {
      planted = defect && withDefect(defect);
      const specifications = chosen.map((each) => specificationOf(vitest, each));
      if (planted === undefined) return ranOf(vitest, specifications);
      const { path } = planted;
      vitest.invalidateFile(path);
      try {
        return await ranOf(vitest, specifications);
      } finally {
        planted = undefined;
        vitest.invalidateFile(path);
      }
    },
    [Symbol.asyncDispose]: () => vitest.close(),
  };
}

/** The source with its defect. Throws where what is to be replaced does not stand there exactly once. */
function withDefect({ file, find, put }: Defect) {
  const path = fileURLToPath(new URL(`../../${file}`, import.meta.url));
  const [before, after, ...more] = readFileSync(path, "utf8").split(find);
  if (before === undefined || after === undefined || more.length > 0) {
    throw new Error(`${file} must hold this exactly once, so that it can be replaced by a defect: ${find}`);
  }
  return { path, text: before + put + after };
}

const specificationOf = (vitest: Vitest, { file, tests }: Chosen) =>
  vitest.getRootProject().createSpecification(`${root}${file}`, { testNamePattern: tests });

async function ranOf(vitest: Vitest, specifications: TestSpecification[]): Promise<Ran[]> {
  const { testModules } = await vitest.runTestSpecifications(specifications);
  return testModules.flatMap((module) =>
    [...module.children.allTests()]
      .filter((test) => ["passed", "failed"].includes(test.result().state))
      .map((test) => ({
        file: module.relativeModuleId,
        name: test.fullName,
        hasPassed: test.result().state === "passed",
      })),
  );
}
