import { afterEach, expect, test, vi } from "vitest";
import { ConfigError, DayZero, type LogLevel } from "../src/index.ts";
import { answer, startRawServer, token } from "./raw-server.ts";
import { skipWaits } from "./waits.ts";

afterEach(() => {
  vi.unstubAllEnvs();
});

const lines = {
  debug: [
    /^dayzero-tokens: tokens\.create \S+: POST http:\S+\/tokens, attempt 1$/,
    /^dayzero-tokens: tokens\.create \S+: 429 after \d+ ms$/,
    /^dayzero-tokens: tokens\.create \S+: POST http:\S+\/tokens, attempt 2$/,
    /^dayzero-tokens: tokens\.create \S+: 400 after \d+ ms$/,
  ],
  info: [
    /^dayzero-tokens: tokens\.create \S+: tokens\.create failed with 429; again in 1001 ms$/,
    /^dayzero-tokens: tokens\.create \S+: tokens\.create failed with 400$/,
  ],
  warn: [/^dayzero-tokens: tokens\.create is deprecated: soon$/],
};

/** Makes a call that is refused twice, and gives what the logger was told. */
async function told(options: { logLevel?: LogLevel | undefined }, methods: readonly (keyof typeof lines)[]) {
  skipWaits();
  const said: Record<string, string[]> = { debug: [], info: [], warn: [] };
  const logger = { warn: (line: string) => void said["warn"]?.push(line) };
  for (const method of methods) Object.assign(logger, { [method]: (line: string) => void said[method]?.push(line) });
  const headers = { "retry-after": "1", sunset: "soon" };
  await using server = await startRawServer((_, __, n) => answer(n === 0 ? 429 : 400, "", headers));
  await new DayZero({ ...server.options, ...options, logger }).tokens.create({ name: "ci" }).result();
  return said;
}

const all = ["debug", "info", "warn"] as const;

const table = [
  ["debug", all],
  ["info", ["info", "warn"]],
  ["warn", ["warn"]],
  ["off", []],
] as const;

const heardOf = (heard: readonly string[]) =>
  Object.fromEntries(
    all.map((level) => [level, heard.includes(level) ? lines[level].map((line) => expect.stringMatching(line)) : []]),
  );

test.each(table)("at the level %s the logger hears of %j", async (logLevel, heard) => {
  expect(await told({ logLevel }, all)).toEqual(heardOf(heard));
});

test.each(table)("with DAYZERO_LOG=%s the logger hears of %j", async (logLevel, heard) => {
  vi.stubEnv("DAYZERO_LOG", logLevel);
  expect(await told({}, all)).toEqual(heardOf(heard));
});

test("without being told anything, the level is that of warnings", async () => {
  vi.stubEnv("DAYZERO_LOG", undefined);
  expect(await told({}, all)).toMatchObject({ debug: [], info: [], warn: [expect.any(String)] });
});

test("a level that is given wins over the environment's", async () => {
  vi.stubEnv("DAYZERO_LOG", "debug");
  expect(await told({ logLevel: "off" }, all)).toEqual({ debug: [], info: [], warn: [] });
});

test("a logger that has nothing but warn is told everything there", async () => {
  const { warn } = await told({ logLevel: "debug" }, []);
  expect(warn).toHaveLength(7);
});

test("a level that there is not is refused", () => {
  expect(() => new DayZero({ apiToken: token, logLevel: "loud" as LogLevel })).toThrow(
    new ConfigError("logLevel has to be debug, info, warn or off"),
  );
  vi.stubEnv("DAYZERO_LOG", "loud");
  expect(() => new DayZero({ apiToken: token })).toThrow("DAYZERO_LOG has to be debug, info, warn or off");
});

test("without a logger everything is told on stderr: stdout is the program's", async () => {
  const spies = (["debug", "info", "log", "warn"] as const).map((name) => vi.spyOn(console, name).mockReturnValue());
  await using server = await startRawServer(() => answer(400, "", { deprecation: "true" }));
  const dayzero = new DayZero({ ...server.options, logLevel: "debug" });
  await dayzero.tokens.create({ name: "ci" }).result();
  await dayzero.tokens.create({ name: "ci" }).result();
  const [debug = 0, info = 0, log = 0, warn = 0] = spies.map(({ mock }) => mock.calls.length);
  expect([debug, info, log]).toEqual([0, 0, 0]);
  // Of the deprecation once.
  expect(warn).toBe(7);
});
