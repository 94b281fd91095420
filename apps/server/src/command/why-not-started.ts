import { NotPossible } from "../steering/not-possible.ts";
import type { StartSettings } from "./start-options.ts";
import { UsageError } from "./usage-error.ts";

/** What kept a double from starting, as an error whose message says what to do. */
export function whyNotStarted(error: NodeJS.ErrnoException, settings: StartSettings): Error {
  const { host, port, seedFile } = settings;
  // Before the port is bound, only the seed is asked for something.
  if (error instanceof NotPossible) return new UsageError(`${seedFile}: ${error.message}`, { cause: error });
  switch (error.code) {
    case "EADDRINUSE":
      return new Error(
        `port ${port} on ${host} is in use; stop what is there, or choose another with --port (0 picks a free one)`,
      );
    case "EACCES":
      return new Error(`port ${port} needs more rights than this user has; choose one from 1024 up with --port`);
    case "EADDRNOTAVAIL":
    case "ENOTFOUND":
    case "EAI_AGAIN":
      return new Error(`this machine has no address ${host}; choose another with --host`);
    default:
      return error;
  }
}
