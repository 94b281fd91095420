export { type Double, type DoubleOptions, startDouble } from "./server.ts";
export { wellKnown } from "./well-known.ts";
