import { ratiosOf, summaryOf } from "../measure/summary.js";

/**
 * One line of a part: what was measured of a candidate, and as a multiple of the part's reference.
 * @typedef {object} Row
 * @property {string} candidate
 * @property {string} what
 * @property {string} unit
 * @property {import("../measure/summary.js").Summary} value
 * @property {import("../measure/summary.js").Summary} [ratio]
 */

/**
 * A number that was aimed at, and what it came to.
 * @typedef {{ readonly aim: string, readonly measured: number | null, readonly met: boolean | null }} Target
 */

/**
 * @typedef {object} PartResult
 * @property {string} title
 * @property {readonly Row[]} rows
 * @property {readonly Target[]} targets
 * @property {readonly string[]} [remarks]
 */

/**
 * @param {string} aim @param {number | null} measured @param {(value: number) => boolean} meets
 * @returns {Target}
 */
export const target = (aim, measured, meets) => ({ aim, measured, met: measured === null ? null : meets(measured) });

/**
 * The rows of one quantity, each candidate beside the reference.
 * @param {ReadonlyMap<string, readonly number[]>} measured by candidate
 * @param {{ what: string, unit: string, reference: string }} labels @returns {Row[]}
 */
export const rowsOf = (measured, { what, unit, reference }) =>
  [...measured].flatMap(([candidate, values]) =>
    values.length === 0
      ? []
      : [{ candidate, what, unit, value: summaryOf(values), ratio: ratiosOf(values, measured.get(reference) ?? []) }],
  );

/** @param {readonly Row[]} rows @param {string} candidate @param {string} what */
export const medianRatio = (rows, candidate, what) =>
  rows.find((row) => row.candidate === candidate && row.what === what)?.ratio?.median ?? null;
