/**
 * A request, and the status of the answer that was asked for.
 * @typedef {object} Call
 * @property {string} method
 * @property {string} path
 * @property {Readonly<Record<string, string>>} headers
 * @property {string} [body]
 * @property {number} expect
 */

/**
 * Where a candidate listens, and what it opens to.
 * @typedef {{ readonly url: string, readonly token: string, readonly businessId: string }} Running
 */

/**
 * What is measured: the double, a yardstick, or a peer that does the nearest equivalent.
 * @typedef {object} Candidate
 * @property {string} name
 * @property {(port: number) => readonly string[]} command
 * @property {boolean} [announces] whether it takes port 0 and prints a JSON line with its url when it is ready
 * @property {number} [rounds] how many rounds it takes part in, where that is fewer than the others
 * @property {(running: Running) => Call} create
 * @property {(running: Running) => Call} [list] a page of 50
 */

export {};
