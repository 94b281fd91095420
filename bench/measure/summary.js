/** @typedef {{ readonly median: number, readonly min: number, readonly max: number }} Summary */

/**
 * Median, smallest and largest.
 * @param {readonly number[]} values @returns {Summary}
 */
export function summaryOf(values) {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (/** @type {number} */ index) => sorted[index] ?? Number.NaN;
  const half = (sorted.length - 1) / 2;
  return { median: (at(Math.floor(half)) + at(Math.ceil(half))) / 2, min: at(0), max: at(sorted.length - 1) };
}

/**
 * What each round says of a candidate, as a multiple of what the same round says of the reference.
 * @param {readonly number[]} values @param {readonly number[]} reference @returns {Summary}
 */
export const ratiosOf = (values, reference) =>
  summaryOf(values.slice(0, reference.length).map((value, round) => value / (reference[round] ?? Number.NaN)));

/**
 * The value below which the given share of the values lies.
 * @param {ArrayLike<number>} values @param {number} share
 */
export function percentileOf(values, share) {
  const sorted = Float64Array.from(values).sort();
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}
