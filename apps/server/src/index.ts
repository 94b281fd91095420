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
export { type Double, startDouble } from "./double/double.ts";
export type { DoubleClock, Span } from "./double/double-clock.ts";
export { ExpectationError } from "./double/expectation-error.ts";
export type { Steering } from "./double/steering.ts";
export type { TestSandbox } from "./double/test-sandbox.ts";
export type { Moment } from "./tokens/instant.ts";
export type { Address, DoubleOptions } from "./transport/listen.ts";
export { wellKnown } from "./world/well-known.ts";
