import type { Server } from "node:http";
import { Socket } from "node:net";
import type { Listening } from "./listen.ts";

/** Answers CONNECT like any other method, as uvicorn does, and closes: Node takes it out of the hands of its server. */
export function answerConnect(server: Server, { app, classes }: Pick<Listening, "app" | "classes">): void {
  server.on("connect", (req, socket) => {
    if (!(socket instanceof Socket)) return;
    // Who leaves now must not end the double.
    socket.on("error", () => {});
    // A host and a port, which are no route either: Express has its own answer where there is no path at all.
    if (!req.url?.startsWith("/")) req.url = `/${req.url}`;
    const res = new classes.ServerResponse(req);
    res.shouldKeepAlive = false;
    res.assignSocket(socket);
    res.once("finish", () => socket.destroySoon());
    app(req, res);
  });
}
