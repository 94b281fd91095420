import { suggest } from "../steering/explain-issues.ts";
import type { Source } from "./settings.ts";
import { canComeFrom, startOptionList, variableOf } from "./start-options.ts";
import { UsageError } from "./usage-error.ts";

/** Settings from `DAYZERO_DOUBLE_…`. A variable that is empty counts as absent: that is how Compose passes on none. */
export function environmentSource(environment: NodeJS.ProcessEnv): Source {
  const known = startOptionList.flatMap(([name, option]) =>
    canComeFrom("environment", option) ? [variableOf(name)] : [],
  );
  const unknown = Object.keys(environment).find((name) => name.startsWith("DAYZERO_DOUBLE_") && !known.includes(name));
  if (unknown !== undefined) {
    throw new UsageError(`unknown environment variable ${JSON.stringify(unknown)}${suggest(unknown, known)}`);
  }
  return (name) => {
    const where = variableOf(name);
    const text = known.includes(where) ? environment[where] : undefined;
    return text ? { text, where } : undefined;
  };
}
