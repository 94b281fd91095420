export type { DayZero, DayZeroOptions } from "@dayzero-tokens/client";
export type {
  ClockReading,
  ClockSetting,
  ConnectionFault,
  Expectation,
  Fault,
  FaultEffect,
  FaultMatch,
  FaultRequest,
  HardState,
  Info,
  JournalEntry,
  JournalMatch,
  Latency,
  Leak,
  Met,
  MintedToken,
  ResetReport,
  ResetRequest,
  SandboxRequest,
  Seed,
  Seeded,
  State,
  Unmet,
} from "@dayzero-tokens/contract/control";
export { type Double, startDouble } from "./double.ts";
export type { DoubleClock, Span } from "./in-test/double-clock.ts";
export { ExpectationError } from "./in-test/expectation-error.ts";
export type { Steering } from "./in-test/steering.ts";
export type { TestSandbox } from "./in-test/test-sandbox.ts";
export type { Address, DoubleOptions } from "./server.ts";
export type { Moment } from "./tokens/instant.ts";
export { wellKnown } from "./well-known.ts";
