import type { ClockAdvance, ClockReading, ClockSetting, StoredClock } from "@dayzero-tokens/contract/control";
import { formatInstant, parseInstant } from "../tokens/instant.ts";
import type { ClockState } from "../world/clock.ts";
import { masked } from "../world/mask.ts";
import type { World } from "../world/world.ts";
import { parseDuration } from "./duration.ts";

/** What the clock says that the business goes by; without a business, the common one. */
export function readClock({ clock }: World, businessId?: string): ClockReading {
  const { state } = clock.of(businessId);
  return {
    mode: state.mode,
    now: formatInstant(clock.now(businessId)),
    offset_seconds: state.mode === "offset" ? state.offset / 1000 : 0,
    business_id: masked(businessId ?? null),
    own: businessId !== undefined && clock.hasOwn(businessId),
  };
}

/** Freezes, sets or offsets a clock. A business gets one of its own. */
export function setClock({ clock }: World, { freeze, set, offset }: ClockSetting, businessId?: string): void {
  const own = clock.own(businessId);
  if (freeze !== undefined) own.freeze(freeze === true ? undefined : parseInstant(freeze));
  if (set !== undefined) own.set(parseInstant(set));
  if (offset !== undefined) own.setOffset(parseDuration(offset));
}

/** Moves a clock, forwards or backwards. A business gets one of its own. */
export function advanceClock({ clock }: World, { seconds, duration }: ClockAdvance, businessId?: string): void {
  clock.own(businessId).advance(parseDuration(seconds ?? duration ?? 0));
}

export function storedClock(state: ClockState): StoredClock {
  switch (state.mode) {
    case "real":
      return { mode: "real" };
    case "offset":
      return { mode: "offset", offset_ms: state.offset };
    case "frozen":
      return { mode: "frozen", at: formatInstant(state.at) };
  }
}

export function clockStateOf(stored: StoredClock): ClockState {
  switch (stored.mode) {
    case "real":
      return { mode: "real" };
    case "offset":
      return { mode: "offset", offset: stored.offset_ms };
    case "frozen":
      return { mode: "frozen", at: parseInstant(stored.at) };
  }
}
