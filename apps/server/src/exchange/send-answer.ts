import type { Response } from "express";
import type { Answer } from "./answer.ts";
import { breakOff, deliver, leaveGate } from "./deliver-answer.ts";
import { exchangeOf } from "./exchange.ts";
import { strikeAfter } from "./faults/inject-fault.ts";

/** The one way out of an exchange. What the operation did is done; a fault may still lose its answer. */
export function send(res: Response, answer: Answer): void {
  leaveGate(res);
  if (exchangeOf(res).world.faults.isEmpty) deliver(res, answer);
  else strikeAfter(res, answer).catch((error) => breakOff(res, error));
}
