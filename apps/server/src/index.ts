export { type Double, type DoubleOptions, startDouble } from "./double.ts";
export { wellKnown } from "./well-known.ts";
