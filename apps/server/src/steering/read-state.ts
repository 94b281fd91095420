import { State } from "@dayzero-tokens/contract/control";
import { readAs } from "./explain-issues.ts";
import { refuseImpossibleClocks } from "./state-document.ts";

/** A state that may come from anywhere. Throws where a double could not answer from it, with the places. */
export function readState(document: unknown): State {
  const state = readAs(State, document);
  refuseImpossibleClocks(state);
  return state;
}
