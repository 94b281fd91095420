import fc from "fast-check";
import { anyJsonBody } from "./any-json-body.ts";
import { judge } from "./judge.ts";
import { startPython, type Verdict } from "./python.ts";

/** A body of which Python and the double make different things: the smallest that was found. */
export interface Difference {
  readonly body: Buffer;
  readonly python: Verdict;
  readonly double: Verdict;
  /** Begins the same run again. */
  readonly seed: number;
}

/** Feeds generated bodies to Python's `json` and to the double's reader. Resolves to where they first differ, if at all. */
export async function compareWithPython(texts: number, seed: number): Promise<Difference | undefined> {
  using python = startPython();
  const run = await fc.check(
    fc.asyncProperty(anyJsonBody(), async (body) => isSame(await python.judge(body), judge(body))),
    { numRuns: texts, seed },
  );
  const [body] = run.counterexample ?? [];
  if (body === undefined) return undefined;
  return { body, python: await python.judge(body), double: judge(body), seed };
}

/** Whether the two agree, but for what Python 3.13 says of a trailing comma. The recorded answers are of 3.11. */
function isSame(python: Verdict, double: Verdict): boolean {
  if (python.kind === "error" && python.message.startsWith("Illegal trailing comma")) {
    return double.kind === "error" && double.message.startsWith("Expecting ") && double.position > python.position;
  }
  return JSON.stringify(python) === JSON.stringify(double);
}
