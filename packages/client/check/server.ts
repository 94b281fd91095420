import { createServer } from "node:http";
import { expect } from "vitest";

const record = { id: "1", jti: "j", token_prefix: "dz_abc...", created_at: "2026-01-02T03:04:05Z" };

/** Answers as the API does, in short, and lets pages of any origin ask. */
export async function startServer() {
  const server = createServer((request, response) => {
    const cors = { "access-control-allow-origin": "*", "access-control-allow-headers": "*, authorization" };
    const send = (status: number, body: unknown) => {
      response.writeHead(status, { ...cors, "content-type": "application/json" }).end(JSON.stringify(body));
    };
    request.resume();
    if (request.method === "OPTIONS") return send(200, {});
    if (request.url?.startsWith("/redirect")) return response.writeHead(307, { ...cors, location: "/" }).end();
    if (request.method === "GET") return send(200, { items: [record, record], has_next: false, has_prev: false });
    if (request.url?.endsWith("/revoke")) return send(404, { detail: "Resource not found" });
    send(201, { token: "dz_new", token_info: record });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  return {
    url: `http://127.0.0.1:${typeof address === "object" ? address?.port : ""}`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** What `fixtures/call.js` prints when all is well. */
export const told = (version: string) => ({
  version,
  created: "dz_new",
  listed: 2,
  name: "NotFoundError",
  known: true,
  error: "NotFoundError: tokens.revoke failed with 404: Resource not found",
  client: expect.not.stringContaining("dz_"),
});
