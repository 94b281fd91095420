import {
  address,
  bearerToken,
  type Kind,
  names,
  origin,
  portNumber,
  rate,
  text,
  wholeNumber,
  yesOrNo,
} from "./kinds.ts";

/** Where a setting can come from, in the order in which they win. */
export type Place = "flag" | "environment" | "file";

/** A setting of `start`. Its flag, environment variable and config key are made from its name in the table. */
export interface StartOption<T> {
  readonly kind: Kind<T>;
  readonly otherwise: T;
  /** For the help. */
  readonly says: string;
  /** What stands for the value in the help; a switch takes none. */
  readonly takes?: string;
  /** A file: in a config file its path goes from there. */
  readonly isPath?: boolean;
  /** Never printed. */
  readonly isSecret?: boolean;
  /** The flag may be given more than once; elsewhere the values stand in one list, with commas. */
  readonly isList?: boolean;
  /** The only places that it can come from; without it, any. */
  readonly only?: readonly Place[];
}

/** Every setting of `start`, once: flags, environment, config file, help and `--print-config` are made from it. */
export const startOptions = {
  port: option({ kind: portNumber, otherwise: 4010, takes: "N", says: "port to listen on; 0 picks a free one" }),
  host: option({ kind: address, otherwise: "127.0.0.1", takes: "ADDRESS", says: "address to bind to" }),
  json: option({ kind: yesOrNo, otherwise: false, says: "stdout is one JSON record a line" }),
  seedFile: maybe({ kind: text, takes: "F", isPath: true, says: "users, businesses and tokens; JSON or YAML" }),
  seed: maybe({ kind: text, takes: "S", says: "what ids and chance are drawn from" }),
  maxActiveTokens: option({ kind: wholeNumber, otherwise: 10, takes: "N", says: "active tokens a user; 0: no limit" }),
  stateFile: maybe({ kind: text, takes: "F", isPath: true, says: "keep the state in F, across starts" }),
  rateLimit: maybe({ kind: rate, takes: "N/s", says: "requests a second and token; then 429" }),
  journal: option({ kind: wholeNumber, otherwise: 1000, takes: "N", says: "exchanges that are remembered" }),
  journalBytes: option({
    kind: wholeNumber,
    otherwise: 32 * 1024 * 1024,
    takes: "N",
    says: "bytes of memory that they may take",
  }),
  cors: maybe({ kind: origin, takes: "ORIGIN", says: "origin whose pages may call; * for any" }),
  tlsCert: maybe({ kind: text, takes: "F", isPath: true, says: "PEM certificate: speak HTTPS" }),
  tlsKey: maybe({ kind: text, takes: "F", isPath: true, says: "PEM key of the certificate" }),
  controlToken: maybe({ kind: bearerToken, takes: "T", isSecret: true, says: "bearer that /_double demands" }),
  allowHost: option({
    kind: names,
    otherwise: [],
    takes: "NAME",
    isList: true,
    says: "name that /_double may be called by (repeatable)",
  }),
  grace: option({ kind: wholeNumber, otherwise: 5, takes: "SECONDS", says: "for requests under way at the end" }),
  envelope: option({ kind: yesOrNo, otherwise: false, says: "send successes in an envelope" }),
  doubleHeader: option({ kind: yesOrNo, otherwise: true, says: "leave x-dayzero-double out of replies" }),
  allowProduction: option({ kind: yesOrNo, otherwise: false, says: "start although NODE_ENV is production" }),
  config: maybe({
    kind: text,
    takes: "F",
    isPath: true,
    only: ["flag", "environment"],
    says: "these settings, as JSON or YAML",
  }),
  printConfig: option({
    kind: yesOrNo,
    otherwise: false,
    only: ["flag"],
    says: "print the settings and where they come from",
  }),
};

export type StartOptionName = keyof typeof startOptions;

export type StartSettings = {
  readonly [Name in StartOptionName]: (typeof startOptions)[Name] extends StartOption<infer T> ? T : never;
};

/** The table as a list. */
export const startOptionList: readonly (readonly [StartOptionName, StartOption<unknown>])[] =
  // Object.entries forgets which names an object has.
  Object.entries(startOptions) as [StartOptionName, StartOption<unknown>][];

/** `maxActiveTokens` as a flag without its dashes, and as a config key: `max-active-tokens`. */
export const kebab = (name: string) => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

/** The flag that the help names: of what is on anyway, the one that turns it off. */
export const flagOf = (name: string, { otherwise }: StartOption<unknown>) =>
  `--${otherwise === true ? "no-" : ""}${kebab(name)}`;

export const variableOf = (name: string) => `DAYZERO_DOUBLE_${kebab(name).replaceAll("-", "_").toUpperCase()}`;

export const canComeFrom = (place: Place, { only }: StartOption<unknown>) => only === undefined || only.includes(place);

function option<T>(definition: StartOption<T>): StartOption<T> {
  return definition;
}

function maybe<T>(definition: Omit<StartOption<T>, "otherwise">): StartOption<T | undefined> {
  return { ...definition, otherwise: undefined };
}
