/** @param {unknown} _results */
export const chartOf = (_results) => "";
