import { parseCommandLine, type StartSettings } from "./cli.ts";
import { startDouble } from "./double.ts";
import { greeting, readyRecord } from "./greeting.ts";

await parseCommandLine(process.argv.slice(2), start);

async function start({ json, ...options }: StartSettings): Promise<void> {
  const double = await startDouble({ ...options, report }).catch((error) => exitWith(whyNotStarted(error, options)));
  process.stdout.write(json ? `${JSON.stringify(readyRecord(double))}\n` : greeting(double));
  const stop = () => {
    process.once("SIGINT", () => process.exit(1)).once("SIGTERM", () => process.exit(1));
    double.close().then(() => process.exit(0));
  };
  process.once("SIGINT", stop).once("SIGTERM", stop);
}

function report(what: string, error: unknown): void {
  process.stderr.write(`${what}; please report this:\n${error instanceof Error ? error.stack : error}\n`);
}

function exitWith(message: string): never {
  process.stderr.write(`dayzero-double: ${message}\n`);
  process.exit(1);
}

function whyNotStarted(error: NodeJS.ErrnoException, { host, port }: Pick<StartSettings, "host" | "port">): string {
  switch (error.code) {
    case "EADDRINUSE":
      return `port ${port} on ${host} is in use; stop what is there, or choose another with --port (0 picks a free one)`;
    case "EACCES":
      return `port ${port} needs more rights than this user has; choose one from 1024 up with --port`;
    case "EADDRNOTAVAIL":
    case "ENOTFOUND":
      return `this machine has no address ${host}; choose another with --host`;
    default:
      return error.message;
  }
}
