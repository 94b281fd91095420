/** @typedef {import("./measure/summary.js").Summary} Summary */

/**
 * A part's result for people to read on a terminal.
 * @param {string} name @param {import("./parts/part.js").PartResult} result
 */
export function tableOf(name, { title, rows, targets, remarks = [] }) {
  const lines = rows.map(({ candidate, what, unit, value, ratio }) =>
    [
      candidate.padEnd(26),
      what.padEnd(14),
      `${spread(value)} ${unit}`.padEnd(36),
      ratio ? `× ${spread(ratio)}` : "",
    ].join("  "),
  );
  const aims = targets.map(({ aim, measured, met }) =>
    met === null ? `not there yet: ${aim}` : `${met ? "met" : "MISSED"}: ${aim}; measured ${numeral(measured ?? 0)}`,
  );
  return [`${title} [${name}]: median (min – max)`, ...lines, ...aims, ...remarks].join("\n  ");
}

const spread = (/** @type {Summary} */ { median, min, max }) =>
  `${numeral(median)} (${numeral(min)} – ${numeral(max)})`;

const numeral = (/** @type {number} */ value) =>
  Number(value.toPrecision(3)).toLocaleString("en", { maximumSignificantDigits: 3 });
