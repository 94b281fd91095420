/** The longest that an answer is held back, in real milliseconds. */
export const longestLatencyMs = 600_000;

/** How many faults can be in force at once. */
export const mostFaults = 1000;
