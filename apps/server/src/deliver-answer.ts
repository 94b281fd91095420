import type { Response } from "express";
import type { Answer } from "./answer.ts";
import { recordExchange } from "./control/record-exchange.ts";
import { exchangeOf } from "./exchange.ts";

/** Lets the next reset go on. Does nothing the second time. */
export function leaveGate(res: Response): void {
  const exchange = exchangeOf(res);
  if (exchange.isInside) exchange.world.gate.leave();
  exchange.isInside = false;
}

/** Writes the exchange into the journal and the answer to the client, in this order. */
export function deliver(res: Response, answer: Answer): void {
  const recording = recordExchange(res, answer);
  if (recording === undefined) write(res, answer);
  else void recording.then(() => write(res, answer));
}

function write(res: Response, answer: Answer): void {
  if (res.destroyed) return;
  for (const [name, value] of Object.entries(answer.headers)) res.setHeader(name, value);
  res.statusCode = answer.status;
  res.setHeader("content-length", Buffer.byteLength(answer.text));
  exchangeOf(res).world.outbox.post(res, answer.text);
}
