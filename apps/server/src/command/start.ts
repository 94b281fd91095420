import { type DoubleOptions, listen } from "../server.ts";
import { type Announcer, recordAnnouncer, sentenceAnnouncer } from "./announcer.ts";
import { printedConfig } from "./print-config.ts";
import { readSeed } from "./read-seed.ts";
import { type Resolved, resolveSettings, type Source } from "./settings.ts";
import type { StartSettings } from "./start-options.ts";
import { readState, resolveLink } from "./state-file.ts";
import { StateKeeper } from "./state-keeper.ts";
import { lockState } from "./state-lock.ts";
import { stopOnSignals } from "./stop-on-signals.ts";
import { readTls } from "./tls-files.ts";
import { UsageError } from "./usage-error.ts";
import { whyNotStarted } from "./why-not-started.ts";

/** `dayzero-double start`: settles the settings, and runs a double until a signal stops it. */
export async function start(flags: Source): Promise<void> {
  const resolved: Resolved = await resolveSettings(flags, process.env);
  const { settings } = resolved;
  if (settings.printConfig) return void process.stdout.write(printedConfig(resolved));
  if (process.env["NODE_ENV"] === "production" && !settings.allowProduction) {
    throw new UsageError(
      "NODE_ENV is production, and this is a fake; give --allow-production if it is meant to run here",
    );
  }
  await run(settings, settings.json ? recordAnnouncer : sentenceAnnouncer);
}

async function run(settings: StartSettings, announcer: Announcer): Promise<void> {
  const { stateFile } = settings;
  const path = stateFile === undefined ? undefined : await resolveLink(stateFile);
  const state = path === undefined ? undefined : await lockState(path).then(() => readState(path));
  const options = await doubleOptions(settings);
  const double = await listen({
    ...options,
    ...(state !== undefined && { state }),
    report: announcer.report,
    warn: announcer.warn,
  }).catch((error) => Promise.reject(whyNotStarted(error, settings)));
  const keeper = path === undefined ? undefined : new StateKeeper(double.world, path, announcer.warn);

  const madeUpControlToken = settings.controlToken === undefined ? double.controlToken : undefined;
  announcer.ready({ url: double.url, madeUpControlToken });
  stopOnSignals(async () => {
    await double.close();
    const isKept = (await keeper?.close()) ?? true;
    announcer.stopped();
    return isKept ? 0 : 1;
  });
}

async function doubleOptions(settings: StartSettings): Promise<DoubleOptions> {
  const { port, host, maxActiveTokens, journal, allowHost, doubleHeader } = settings;
  const { seed, rateLimit, cors, controlToken, seedFile } = settings;
  const tls = await readTls(settings);
  return {
    port,
    host,
    maxActiveTokens,
    journal,
    allowedHosts: allowHost,
    marksReplies: doubleHeader,
    ...(seed !== undefined && { randomSeed: seed }),
    ...(rateLimit !== undefined && { rateLimit }),
    ...(cors !== undefined && { cors }),
    ...(controlToken !== undefined && { controlToken }),
    ...(seedFile !== undefined && { seed: await readSeed(seedFile) }),
    ...(tls !== undefined && { tls }),
  };
}
