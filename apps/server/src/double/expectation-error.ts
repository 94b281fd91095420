import type { Unmet } from "@dayzero-tokens/contract/control";

/** What was expected did not happen. The message lists the requests that came nearest, and what differs. */
export class ExpectationError extends Error {
  readonly unmet: Unmet;

  constructor(unmet: Unmet) {
    super([unmet.detail, ...unmet.nearest.map(lineOf)].join("\n"));
    this.name = "ExpectationError";
    this.unmet = unmet;
  }
}

const lineOf = ({ entry, differs }: Unmet["nearest"][number]) => {
  const differences = differs.map(
    ({ field, expected, actual }) => `${field} is ${show(actual)}, not ${show(expected)}`,
  );
  return `  near: #${entry.id} ${entry.method} ${entry.path} ${entry.status ?? "(no answer)"}: ${differences.join(", ") || "matches"}`;
};

const show = (value: unknown) => JSON.stringify(value);
