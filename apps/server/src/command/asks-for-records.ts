import { yesOrNo } from "./kinds.ts";
import { isAboutStart } from "./program.ts";
import { variableOf } from "./start-options.ts";

/** Whether a start that failed was to say so in a record, as far as that can be told where settings may make no sense. */
export function asksForRecords(argv: readonly string[], environment: NodeJS.ProcessEnv): boolean {
  if (argv[0] !== "start" && !isAboutStart(argv[0])) return false;
  const flag = argv.findLast((arg) => arg === "--json" || arg === "--no-json");
  return flag === undefined ? yesOrNo.read(environment[variableOf("json")] ?? "") === true : flag === "--json";
}
