import { Socket } from "node:net";
// Not the global one, which a test may have put a fake in the place of.
import { setImmediate } from "node:timers";
import type { Response } from "express";

/**
 * Sends the answers of one turn of the event loop together, when all requests of that turn are worked off. A client that
 * waits is woken once for all of them instead of once for each: under load that was a third of a create's time.
 */
export class Outbox {
  #waiting: (readonly [Response, string])[] = [];

  /** Ends the response with the text at the end of the turn, unless its connection is gone by then; without a socket, now. */
  post(res: Response, text: string): void {
    if (!(res.socket instanceof Socket)) return void res.end(text);
    if (this.#waiting.length === 0) setImmediate(this.#send);
    this.#waiting.push([res, text]);
  }

  readonly #send = (): void => {
    const due = this.#waiting;
    this.#waiting = [];
    for (const [res, text] of due) if (!res.destroyed) res.end(text);
  };
}
