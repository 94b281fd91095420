import type { Response } from "express";
import { type Answer, internalServerError } from "./answer.ts";
import { decide, exchangeOf } from "./exchange.ts";
import { recordExchange } from "./record/record-exchange.ts";

/** Lets the next reset go on. Does nothing the second time. */
export function leaveGate(res: Response): void {
  const exchange = exchangeOf(res);
  if (exchange.isInside) exchange.world.gate.leave();
  exchange.isInside = false;
}

/** Writes the exchange into the journal and the answer to the client, in this order. */
export const deliver = (res: Response, answer: Answer): void => record(res, answer, () => write(res, answer));

/** Writes the exchange into the journal, without an answer where none was sent, and then lets the rest happen. */
export function record(res: Response, answer: Answer | undefined, rest: () => void): void {
  try {
    const recording = recordExchange(res, answer);
    if (recording === undefined) rest();
    else recording.then(rest).catch((error) => breakOff(res, error));
  } catch (error) {
    breakOff(res, error);
  }
}

/** Ends an exchange that broke on its way out: with a 500 or, where that is too late or breaks too, with its connection. */
export function breakOff(res: Response, error: unknown): void {
  const exchange = exchangeOf(res);
  const isTooLate = exchange.isBroken || res.headersSent || res.destroyed;
  exchange.isBroken = true;
  ownUp(res, error);
  if (isTooLate) return void res.destroy();
  for (const name of res.getHeaderNames()) if (name !== "x-dayzero-double") res.removeHeader(name);
  deliver(res, internalServerError);
}

/** Says and counts that the double itself is at fault. */
export function ownUp(res: Response, error: unknown): void {
  const { world } = exchangeOf(res);
  decide(res, "double.broken", undefined);
  world.noticed.violations += 1;
  world.report("The double is at fault", error);
}

function write(res: Response, answer: Answer): void {
  if (res.destroyed) return;
  for (const [name, value] of Object.entries(answer.headers)) res.setHeader(name, value);
  res.statusCode = answer.status;
  // RFC 9110 wants none with a 204.
  if (answer.status !== 204) res.setHeader("content-length", Buffer.byteLength(answer.text));
  exchangeOf(res).world.outbox.post(res, answer.text, breakOff);
}
