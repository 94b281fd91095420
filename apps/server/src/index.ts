export { createApp } from "./app.ts";
export { type Double, type DoubleOptions, startDouble } from "./double.ts";
export type { DoubleClock, Span } from "./in-test/double-clock.ts";
export { ExpectationError } from "./in-test/expectation-error.ts";
export type { Steering } from "./in-test/steering.ts";
export type { TestSandbox } from "./in-test/test-sandbox.ts";
export { wellKnown } from "./well-known.ts";
export { createWorld, type World, type WorldParts } from "./world.ts";
