import { inspect } from "node:util";

/** Everything that a program could print of a value. */
export const printed = (value: unknown): string => {
  const { stack, message, cause } = Object(value);
  return [
    inspect(value, { depth: Number.POSITIVE_INFINITY, showHidden: true, getters: true }),
    JSON.stringify(value),
    String(value),
    `${stack} ${message} ${String(cause)} ${JSON.stringify(cause)}`,
  ].join("\n");
};
