export { ClockAdvance, ClockReading, ClockSetting, Duration, lastMoment, Timestamp } from "./control/clock.ts";
export { controlContract, controlStreams, Info, ResetReport, ResetRequest } from "./control/contract.ts";
export { ConnectionFault, Fault, FaultEffect, FaultMatch, FaultRequest, Latency } from "./control/fault.ts";
export {
  Expectation,
  JournalEntry,
  JournalMatch,
  JournalPage,
  JournalQuery,
  Leak,
  Met,
  Unmet,
} from "./control/journal.ts";
export { HardState, MintedToken, Sandbox, SandboxRequest } from "./control/sandbox.ts";
export { Seed, Seeded } from "./control/seed.ts";
export { State, type StoredClock, type StoredToken } from "./control/state.ts";
