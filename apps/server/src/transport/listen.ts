import { randomBytes } from "node:crypto";
import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { Seed, State } from "@dayzero-tokens/contract/control";
import { createApp } from "../app.ts";
import { restoreState } from "../steering/state-document.ts";
import { isLoopback } from "../world/loopback.ts";
import { createWorld, type World } from "../world/world.ts";
import { answerConnect } from "./answer-connect.ts";
import { answerUnreadableRequests } from "./answer-unreadable.ts";
import { Connections } from "./connections.ts";
import { type MessageClasses, messageClassesOf } from "./express-messages.ts";

/** How a double is set up. */
export interface DoubleOptions {
  /** 0, the default, picks a free one. */
  readonly port?: number;
  /** The address to bind to; 127.0.0.1 by default. Beyond loopback the control plane demands a token. */
  readonly host?: string;
  /** Active tokens a user, 10 by default; 0: no limit. */
  readonly maxActiveTokens?: number;
  /** Users, businesses and tokens beside the well-known ones. */
  readonly seed?: Seed;
  /** What ids and chance are drawn from: the same calls with the same seed and a frozen clock get the same bytes. */
  readonly randomSeed?: string;
  /** Requests a second and token; without it, no limit. */
  readonly rateLimit?: number;
  /** How many exchanges the journal keeps; 1000 by default. */
  readonly journal?: number;
  /** How many bytes of memory its exchanges may take; 32 MB by default. */
  readonly journalBytes?: number;
  /** The origin whose pages may call the API; `*` for any. */
  readonly cors?: string;
  /** PEM texts; with them the double speaks HTTPS. */
  readonly tls?: { readonly cert: string; readonly key: string };
  /** What the control plane demands as bearer. Beyond loopback one is made up where none is given. */
  readonly controlToken?: string;
  /** Names beside the loopback ones that control requests may come by. */
  readonly allowedHosts?: readonly string[];
  /** Whether successes come as `{ success, message, code, data }`, in the other revision of DayZero's documentation; bare by default. */
  readonly envelope?: boolean;
  /** Whether replies carry `x-dayzero-double`; they do by default. */
  readonly marksReplies?: boolean;
  /** How long requests under way may take when the double is closed, in seconds; 5 by default. */
  readonly grace?: number;
  /** A snapshot to start from, in the place of the seed. */
  readonly state?: State;
  /** Told when the double itself is at fault. */
  readonly report?: (what: string, error: unknown) => void;
  /** Told what the double notices: that somebody may be using a real credential. */
  readonly warn?: (message: string) => void;
}

/** How a double is reached. */
export interface Address {
  /** Where it listens, without a trailing slash. */
  readonly url: string;
  readonly port: number;
  /** What control requests must carry; undefined: nothing. */
  readonly controlToken: string | undefined;
}

/** A listening double, and the world behind it. */
export interface Listening extends Address {
  readonly world: World;
  readonly app: RequestListener;
  readonly classes: MessageClasses;
  readonly connections: Connections;
  /** Stops listening, and resolves when the requests under way are answered or the grace time is over. A second call waits for the same. */
  close(): Promise<void>;
}

/** Opens the port; resolves when connections are accepted. Rejects when the port cannot be had. */
export async function listen(options: DoubleOptions = {}): Promise<Listening> {
  const { port = 0, host = "127.0.0.1", tls, cors, allowedHosts = [], grace = 5 } = options;
  const controlToken = options.controlToken ?? (isLoopback(host) ? undefined : randomBytes(24).toString("base64url"));
  const stopping = new AbortController();
  const world = await worldOf(options, stopping.signal);
  const app = createApp(world, { controlToken, allowedHosts, ...(cors !== undefined && { cors }) });
  const classes = messageClassesOf(app);
  const settings = { ...classes, ...asLenientAsUvicorn };
  const server =
    tls === undefined ? createServer(settings) : (await import("node:https")).createServer({ ...settings, ...tls });
  const connections = new Connections(server);
  server.on("request", app);
  // Node would answer 417 to what uvicorn takes no notice of.
  server.on("checkExpectation", (req, res) => server.emit("request", req, res));
  answerConnect(server, { app, classes });
  server.maxHeadersCount = 0;
  answerUnreadableRequests(server, connections);
  const bound = await bind(server, port, host);
  let closing: Promise<void> | undefined;
  return {
    url: `${tls === undefined ? "http" : "https"}://${host.includes(":") ? `[${host}]` : host}:${bound}`,
    port: bound,
    controlToken,
    world,
    app,
    classes,
    connections,
    close() {
      // Before whatever hangs lets go, so that its answers are the last of their connections.
      closing ??= connections.end(grace * 1000);
      stopping.abort();
      return closing;
    },
  };
}

/** What Node would refuse before a program sees it, and uvicorn lets through. */
const asLenientAsUvicorn = { requireHostHeader: false, maxHeaderSize: 65_536 };

async function worldOf(options: DoubleOptions, stopping: AbortSignal): Promise<World> {
  const { maxActiveTokens, rateLimit, journal, journalBytes, seed, state, randomSeed } = options;
  const { envelope, marksReplies, report, warn } = options;
  const world = await createWorld({
    limits: {
      ...(maxActiveTokens !== undefined && { maxActiveTokens }),
      ...(rateLimit !== undefined && { ratePerSecond: rateLimit }),
    },
    stopping,
    randomSeed,
    ...(seed !== undefined && { seedDocument: seed }),
    journalLimits: {
      ...(journal !== undefined && { entries: journal }),
      ...(journalBytes !== undefined && { bytes: journalBytes }),
    },
    ...(envelope !== undefined && { envelope }),
    ...(marksReplies !== undefined && { marksReplies }),
    ...(report !== undefined && { report }),
    ...(warn !== undefined && { warn }),
  });
  if (state !== undefined) await restoreState(world, state);
  return world;
}

const bind = (server: Server, port: number, host: string) =>
  new Promise<number>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, () => {
      server.off("error", reject);
      // A server that listens on a port has an address with a port.
      resolve((server.address() as AddressInfo).port);
    });
  });
