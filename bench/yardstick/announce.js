import { businessId, createToken } from "./tokens.js";

/**
 * Listens on a free port and prints where, with a token that opens it.
 * @param {import("node:http").Server} server
 */
export function announce(server) {
  server.listen(0, "127.0.0.1", () => {
    const address = server.address();
    const url = `http://127.0.0.1:${typeof address === "object" ? address?.port : 0}`;
    const { secret } = createToken({ name: "first", description: null, days: 365 });
    process.stdout.write(`${JSON.stringify({ url, token: secret, business_id: businessId })}\n`);
  });
}
