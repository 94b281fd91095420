import type { ConnectionFault } from "@dayzero-tokens/contract/control";
import type { Response } from "express";
import { whenStopping } from "../../world/when-stopping.ts";
import type { Answer } from "../answer.ts";
import { record } from "../deliver-answer.ts";
import { exchangeOf } from "../exchange.ts";

/** Does to the connection what the fault says; `answer` is what a truncated reply is half of. */
export const breakConnection = (res: Response, kind: ConnectionFault, answer: Answer): void =>
  record(res, kind === "truncate" ? answer : undefined, () => breakNow(res, kind, answer));

function breakNow(res: Response, kind: ConnectionFault, answer: Answer): void {
  const { socket } = res.req;
  // What the client still sends must not turn a clean end into a reset.
  if (kind !== "reset") res.req.resume();
  switch (kind) {
    case "reset":
      return void socket.resetAndDestroy();
    case "empty":
      return void socket.end();
    case "garbage":
      return void socket.end("\u0000\u0015 this is no HTTP \u0007\r\n");
    case "truncate": {
      const bytes = Buffer.from(answer.text);
      res.writeHead(answer.status, { ...answer.headers, "content-length": Math.max(bytes.length, 2) });
      res.write(bytes.subarray(0, bytes.length / 2), () => socket.end());
      return;
    }
    case "hang":
      return whenStopping(exchangeOf(res).world, res, () => socket.destroy());
  }
}
