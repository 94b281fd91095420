/** The suite cannot run as it was asked to. The message is one sentence for whoever asked. */
export class CannotRun extends Error {}
