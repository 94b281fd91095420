import { type Fault, FaultRequest } from "@dayzero-tokens/contract/control";
import type { World } from "../world/world.ts";
import { readAs } from "./explain-issues.ts";

/** Makes something go wrong from the next request on: in the business, where one is given, whatever the request names. */
export function addFault({ faults }: Pick<World, "faults">, request: FaultRequest, businessId?: string): Fault {
  const { times = null, match, ...fault } = readAs(FaultRequest, request);
  const own = businessId === undefined ? match : { ...match, business_id: businessId };
  return faults.add({ ...fault, match: own, times });
}
