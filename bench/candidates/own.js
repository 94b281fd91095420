import { fileURLToPath } from "node:url";

/** @typedef {import("./candidate.js").Candidate} Candidate */
/** @typedef {import("./candidate.js").Running} Running */

const pathOf = (/** @type {string} */ name) => fileURLToPath(new URL(name, import.meta.url));

const headersOf = (/** @type {Running} */ { token, businessId }) => ({
  authorization: `Bearer ${token}`,
  "x-business-id": businessId,
});

/** @type {Pick<Candidate, "announces" | "create" | "list">} */
const sameRoutes = {
  announces: true,
  create: (running) => ({
    method: "POST",
    path: "/api/v1/tokens",
    headers: { ...headersOf(running), "content-type": "application/json" },
    body: '{"name":"ci","description":"made under load","expires_in_days":30}',
    expect: 201,
  }),
  list: (running) => ({ method: "GET", path: "/api/v1/tokens?limit=50", headers: headersOf(running), expect: 200 }),
};

/** The double as its command starts it. @type {Candidate} */
export const double = {
  name: "dayzero-double",
  command: (port) => [
    process.execPath,
    pathOf("../../apps/server/dist/main.js"),
    "--port",
    String(port),
    "--json",
    "--max-active-tokens",
    "0",
  ],
  ...sameRoutes,
};

/** The same job by hand on node:http. @type {Candidate} */
export const yardstick = {
  name: "node:http by hand",
  command: () => [process.execPath, pathOf("../yardstick/server.js")],
  ...sameRoutes,
};

/** The same job as it is usually written: Express, its body parser, zod. @type {Candidate} */
export const usualExpress = {
  name: "usual Express",
  command: () => [process.execPath, pathOf("../yardstick/express-server.js")],
  ...sameRoutes,
};

/** A server that knows one reply: no start and no answer is quicker. @type {Candidate} */
export const oneReply = {
  name: "node:http, one reply",
  command: () => [process.execPath, pathOf("../yardstick/one-reply.js")],
  ...sameRoutes,
};
