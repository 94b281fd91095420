import { create, list } from "./load.js";
import { start } from "./start.js";

/**
 * What there is to measure, in the order in which it is run.
 * @type {Readonly<Record<string, () => Promise<import("./part.js").PartResult>>>}
 */
export const parts = { start, create, list };
