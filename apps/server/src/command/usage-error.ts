/** The command was asked for something that it cannot make sense of: it ends with 2, and with this sentence. */
export class UsageError extends Error {}
