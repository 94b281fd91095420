import { growth } from "./growth.js";
import { inProcess } from "./in-process.js";
import { inTest } from "./in-test.js";
import { create, list } from "./load.js";
import { memory } from "./memory.js";
import { reset } from "./reset.js";
import { size } from "./size.js";
import { start } from "./start.js";

/**
 * What there is to measure, in the order in which it is run.
 * @type {Readonly<Record<string, () => Promise<import("./part.js").PartResult>>>}
 */
export const parts = {
  start,
  "in-test": inTest,
  create,
  list,
  "in-process": inProcess,
  reset,
  size,
  growth,
  memory,
};
