// The yardstick: create and list on plain node:http, as a careful hand would write them for one project.
import { createServer } from "node:http";
import { announce } from "./announce.js";
import { callerOf, createToken, onTheWire, pageOf } from "./tokens.js";

const server = createServer((req, res) => {
  const url = req.url ?? "";
  const mark = url.indexOf("?");
  const path = mark === -1 ? url : url.slice(0, mark);
  if (path !== "/api/v1/tokens") return answer(res, 404, { detail: "Not Found" });
  if (req.method === "GET") return list(req, res, mark === -1 ? "" : url.slice(mark + 1));
  if (req.method === "POST") return receive(req, (text) => create(req, res, text));
  answer(res, 405, { detail: "Method Not Allowed" });
});
announce(server);

/** @typedef {import("node:http").IncomingMessage} Request */
/** @typedef {import("node:http").ServerResponse} Response */

/** @param {Request} req @param {(text: string) => void} done */
function receive(req, done) {
  /** @type {Buffer[]} */
  const chunks = [];
  req.on("data", (chunk) => chunks.push(chunk));
  req.on("end", () => done((chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks)).toString()));
}

/** @param {Request} req @param {Response} res @param {string} text */
function create(req, res, text) {
  let body;
  try {
    body = JSON.parse(text);
  } catch {
    return answer(res, 422, { detail: [{ type: "json_invalid", loc: ["body"], msg: "JSON decode error" }] });
  }
  const caller = callerOf(req.headers, "write");
  if (typeof caller === "number") return answer(res, caller, { detail: "Refused" });
  const problems = problemsOf(body);
  if (problems.length > 0) return answer(res, 422, { detail: problems });
  const days = body.expires_in_days ?? 365;
  const { secret, token } = createToken({ name: body.name, description: body.description ?? null, days });
  answer(res, 201, { token: secret, token_info: onTheWire(token) });
}

/** @param {Request} req @param {Response} res @param {string} query */
function list(req, res, query) {
  const caller = callerOf(req.headers, "read");
  if (typeof caller === "number") return answer(res, caller, { detail: "Refused" });
  const parameters = new URLSearchParams(query);
  const limit = Number(parameters.get("limit") ?? 50);
  if (!Number.isInteger(limit) || limit < 1 || limit > 1000) {
    return answer(res, 422, { detail: [{ type: "int_parsing", loc: ["query", "limit"], msg: "Not a valid limit" }] });
  }
  answer(res, 200, pageOf(caller, limit, parameters.get("cursor")));
}

/** @param {unknown} body */
function problemsOf(body) {
  if (typeof body !== "object" || body === null) return [problem("body", "model_attributes_type")];
  const { name, description, expires_in_days: days } = /** @type {Record<string, unknown>} */ (body);
  const problems = [];
  if (typeof name !== "string") problems.push(problem("name", "string_type"));
  else if (name.length === 0) problems.push(problem("name", "string_too_short"));
  else if (name.length > 255) problems.push(problem("name", "string_too_long"));
  if (description !== undefined && description !== null && typeof description !== "string") {
    problems.push(problem("description", "string_type"));
  }
  if (days !== undefined && days !== null && !(Number.isInteger(days) && Number(days) >= 1 && Number(days) <= 365)) {
    problems.push(problem("expires_in_days", "int_type"));
  }
  return problems;
}

const problem = (/** @type {string} */ field, /** @type {string} */ type) => ({
  type,
  loc: ["body", field],
  msg: type,
});

/** @param {Response} res @param {number} status @param {unknown} body */
function answer(res, status, body) {
  const text = JSON.stringify(body);
  res.writeHead(status, { "content-type": "application/json", "content-length": Buffer.byteLength(text) });
  res.end(text);
}
