/** @typedef {import("./parts/part.js").Row} Row */

const shown = [
  { part: "start", what: "start", label: "Process start to first 201, × a bare node:http server (shorter is better)" },
  { part: "create", what: "throughput", label: "Create: throughput, × node:http by hand (longer is better)" },
  { part: "list", what: "throughput", label: "List of 50: throughput, × node:http by hand (longer is better)" },
];

const style = `
  text { font: 13px system-ui, sans-serif; fill: #1f2328 }
  .label { font-weight: 600 }
  .bar { fill: #8c959f }
  .own { fill: #0969da }
  @media (prefers-color-scheme: dark) {
    text { fill: #e6edf3 }
    .bar { fill: #6e7681 }
    .own { fill: #58a6ff }
  }`;

/**
 * The ratios as bars, readable on light and on dark.
 * @param {{ machine: ReturnType<typeof import("./measure/machine.js").describeMachine>, parts: Record<string, import("./parts/part.js").PartResult> }} results
 */
export function chartOf({ machine, parts }) {
  let y = 8;
  const nextLine = () => {
    y += 22;
    return y;
  };
  /** @type {string[]} */
  const marks = [];
  for (const { part, what, label } of shown) {
    const rows = (parts[part]?.rows ?? []).filter((row) => row.what === what && row.ratio !== undefined);
    const longest = Math.max(...rows.map((row) => row.ratio?.median ?? 0));
    marks.push(`<text class="label" x="8" y="${nextLine()}">${label}</text>`);
    for (const row of rows) marks.push(barOf(row, nextLine(), longest));
    y += 12;
  }
  const { processor, cores, node, system } = machine;
  const line = `${processor}, ${cores} cores, ${system}, node ${node}; medians of one run`;
  marks.push(`<text x="8" y="${nextLine()}">${line}</text>`);
  return `<svg xmlns="http://www.w3.org/2000/svg" width="760" height="${y + 14}" viewBox="0 0 760 ${y + 14}" role="img" aria-label="How fast the double is beside others"><style>${style}</style>\n${marks.join("\n")}\n</svg>\n`;
}

/** @param {Row} row @param {number} y @param {number} longest */
function barOf({ candidate, ratio }, y, longest) {
  const median = ratio?.median ?? 0;
  const width = Math.max(1, (median / longest) * 440);
  const own = candidate === "dayzero-double" ? "bar own" : "bar";
  return `<text x="8" y="${y}">${candidate}</text><rect class="${own}" x="190" y="${y - 11}" width="${width.toFixed(1)}" height="13" rx="2"/><text x="${(198 + width).toFixed(1)}" y="${y}">${median.toFixed(2)}</text>`;
}
