import { type DoubleOptions, listen } from "../transport/listen.ts";
import type { World } from "../world/world.ts";
import { type Announcer, recordAnnouncer, sentenceAnnouncer } from "./announcer.ts";
import { printedConfig } from "./print-config.ts";
import { type Resolved, resolveSettings, type Source } from "./settings.ts";
import type { StartSettings } from "./start-options.ts";
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
  const kept = settings.stateFile === undefined ? undefined : await openState(settings.stateFile);
  const options = await doubleOptions(settings);
  const double = await listen({
    ...options,
    ...(kept?.state !== undefined && { state: kept.state }),
    report: announcer.report,
    warn: announcer.warn,
  }).catch((error) => Promise.reject(whyNotStarted(error, settings)));
  const keeper = kept?.keep(double.world, announcer.warn);

  // Whoever waits for the announcement may send a signal with the next breath.
  stopOnSignals(async () => {
    await double.close();
    const isKept = (await keeper?.close()) ?? true;
    announcer.stopped();
    return isKept ? 0 : 1;
  }, announcer.stopping);
  const madeUpControlToken = settings.controlToken === undefined ? double.controlToken : undefined;
  const [certificate, certificateFile] = [options.tls?.cert, settings.tlsCert];
  announcer.ready({ url: double.url, madeUpControlToken, certificate, certificateFile });
}

/** What only some starts need is loaded by those, so that the others are up sooner. */
async function openState(stateFile: string) {
  const { lockState } = await import("./state-lock.ts");
  const { readState, resolveLink } = await import("./state-file.ts");
  const { StateKeeper } = await import("./state-keeper.ts");
  const path = await resolveLink(stateFile);
  await lockState(path);
  const keep = (world: World, warn: (message: string) => void) => new StateKeeper(world, path, warn);
  return { state: await readState(path), keep };
}

async function doubleOptions(settings: StartSettings): Promise<DoubleOptions> {
  const { port, host, maxActiveTokens, journal, journalBytes, allowHost, envelope, doubleHeader } = settings;
  const { seed, rateLimit, cors, controlToken, seedFile, grace } = settings;
  const tls = await readTls(settings);
  return {
    port,
    host,
    maxActiveTokens,
    journal,
    journalBytes,
    allowedHosts: allowHost,
    envelope,
    marksReplies: doubleHeader,
    grace,
    ...(seed !== undefined && { randomSeed: seed }),
    ...(rateLimit !== undefined && { rateLimit }),
    ...(cors !== undefined && { cors }),
    ...(controlToken !== undefined && { controlToken }),
    ...(seedFile !== undefined && { seed: await (await import("./read-seed.ts")).readSeed(seedFile) }),
    ...(tls !== undefined && { tls }),
  };
}
