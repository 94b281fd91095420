import { request as httpRequest } from "node:http";

/** @typedef {import("../candidates/candidate.js").Call} Call */

/**
 * Sends one request over a connection of its own and resolves to the status, once the whole answer is there.
 * @param {string} url @param {Call} call @returns {Promise<number>}
 */
export const send = (url, { method, path, headers, body }) =>
  new Promise((resolve, reject) => {
    const request = httpRequest(`${url}${path}`, { method, headers, agent: false }, (response) => {
      response.resume().once("end", () => resolve(response.statusCode ?? 0));
      response.once("error", reject);
    });
    request.once("error", reject);
    request.end(body);
  });
