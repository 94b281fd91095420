import type { Server } from "node:http";
import type { Connections } from "./connections.ts";

/** Says what uvicorn says to bytes that are no HTTP. Bytes behind a whole request don't spoil its answer. */
export function answerUnreadableRequests(server: Server, connections: Connections): void {
  server.on("clientError", (_error, socket) => {
    const response = connections.latest(socket);
    // A request that is whole gets its answer first; one that breaks off in its body never would.
    if (response?.req.complete && !response.closed) return void response.once("close", () => socket.end());
    if (!socket.writable) return void socket.destroy();
    const text = "Invalid HTTP request received.";
    const head = `content-type: text/plain; charset=utf-8\r\ncontent-length: ${text.length}\r\nconnection: close`;
    socket.end(`HTTP/1.1 400 Bad Request\r\n${head}\r\n\r\n${text}`);
  });
}
