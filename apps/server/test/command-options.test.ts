import { expect, test } from "vitest";
import { kebab, startOptionList } from "../src/command/start-options.ts";
import { runCommand, startCommand, testFolder } from "./command.ts";
import { foreignToken } from "./foreign-token.ts";

test.concurrent.each([
  [["--prot", "1"], "unknown option '--prot' (Did you mean --port?)"],
  [["--frobnicate"], "unknown option '--frobnicate'; dayzero-double --help lists what there is"],
  [["strat"], "unknown command 'strat' (Did you mean start?)"],
  [["frobnicate"], "unknown command 'frobnicate'; dayzero-double --help lists what there is"],
  [["start", "now"], "too many arguments for 'start'. Expected 0 arguments but got 1."],
  [["--port"], "option '--port <N>' argument missing"],
  [["--port", "http"], '--port must be a whole number from 0 to 65535 (0 picks a free port), not "http"'],
  [["--port", "65536"], '--port must be a whole number from 0 to 65535 (0 picks a free port), not "65536"'],
  [["--port", "-1"], '--port must be a whole number from 0 to 65535 (0 picks a free port), not "-1"'],
  [["--host", "http://here"], '--host must be a name or an IP address, without scheme and port, not "http://here"'],
  [["--host", ""], "--host must be a name or an IP address, without scheme and port"],
  [["--max-active-tokens", "ten"], '--max-active-tokens must be a whole number, 0 or more, not "ten"'],
  [["--journal", "1.5"], '--journal must be a whole number, 0 or more, not "1.5"'],
  [["--journal-bytes", "32MB"], '--journal-bytes must be a whole number, 0 or more, not "32MB"'],
  [["--rate-limit", "0/s"], '--rate-limit must be a whole number of requests a second, such as 5/s, not "0/s"'],
  [["--rate-limit", "5/m"], '--rate-limit must be a whole number of requests a second, such as 5/s, not "5/m"'],
  [["--seed", ""], "--seed must not be empty"],
  [
    ["--cors", "localhost:5173"],
    '--cors must be an origin such as http://localhost:5173, without a path, or "*", not "localhost:5173"',
  ],
  [
    ["--cors", "http://localhost/"],
    '--cors must be an origin such as http://localhost:5173, without a path, or "*", not "http://localhost/"',
  ],
  [["--control-token", "a b"], "--control-token must be letters, digits and -._~+/ only, as a bearer token is"],
  [
    ["--allow-host", "double:80"],
    '--allow-host must be names such as double.internal, without scheme and port, not "double:80"',
  ],
  [["--tls-cert", "c.pem"], "--tls-cert needs --tls-key: HTTPS takes both or neither"],
  [["--tls-key", "k.pem"], "--tls-key needs --tls-cert: HTTPS takes both or neither"],
  [["--tls-cert", "/no/c.pem", "--tls-key", "/no/k.pem"], "/no/c.pem: there is no such file"],
  [["--seed-file", "/no/seed.json"], "/no/seed.json: there is no such file"],
  [["--seed-file", "seed.txt"], "seed.txt: name it .json, .yaml or .yml, so that it is clear what it holds"],
  [["--config", "/no/double.yaml"], "/no/double.yaml: there is no such file"],
  [["--state-file", "/no/state.json"], "/no/state.json: there is no such folder; make it first"],
  [
    ["ready", "--url", "localhost"],
    "option '--url <url>' argument 'localhost' is invalid. An address such as http://127.0.0.1:4010 is needed.",
  ],
  [
    ["ready", "--wait", "long"],
    "option '--wait <seconds>' argument 'long' is invalid. A whole number of seconds is needed.",
  ],
])("%j ends with 2 and a sentence", async (args, sentence) => {
  expect(await runCommand(args)).toEqual({ code: 2, stdout: "", stderr: `dayzero-double: ${sentence}\n` });
});

test.concurrent.each([
  [
    { DAYZERO_DOUBLE_PROT: "1" },
    'unknown environment variable "DAYZERO_DOUBLE_PROT"; did you mean "DAYZERO_DOUBLE_PORT"?',
  ],
  [
    { DAYZERO_DOUBLE_PORT: "http" },
    'DAYZERO_DOUBLE_PORT must be a whole number from 0 to 65535 (0 picks a free port), not "http"',
  ],
  [{ DAYZERO_DOUBLE_JSON: "yes" }, 'DAYZERO_DOUBLE_JSON must be true or false, not "yes"'],
  [
    { DAYZERO_DOUBLE_CONTROL_TOKEN: "hush hush" },
    "DAYZERO_DOUBLE_CONTROL_TOKEN must be letters, digits and -._~+/ only, as a bearer token is",
  ],
  [
    { NODE_ENV: "production" },
    "NODE_ENV is production, and this is a fake; give --allow-production if it is meant to run here",
  ],
])("the environment %j ends with 2 and a sentence", async (env, sentence) => {
  expect(await runCommand([], { env })).toEqual({ code: 2, stdout: "", stderr: `dayzero-double: ${sentence}\n` });
});

test.concurrent.each([
  ["double.yaml", "prot: 1\n", ': unknown name "prot"; did you mean "port"?'],
  ["double.yaml", "port: http\n", ': port must be a whole number from 0 to 65535 (0 picks a free port), not "http"'],
  ["double.yaml", "port: [1, 2]\n", ": port must be a whole number from 0 to 65535 (0 picks a free port)"],
  ["double.yaml", "json:\n", ": json must be true or false"],
  ["double.yaml", "- port\n", ': must be settings by name, such as "port: 4010"'],
  ["double.yaml", "", ': must be settings by name, such as "port: 4010"'],
  ["double.yaml", "port: 1\nport: 2\n", ":2:1: is no YAML: Map keys must be unique"],
  ["double.json", '{\n  "port": 1,\n}', ":3:1: is no JSON: Expecting property name enclosed in double quotes"],
  [
    "double.json",
    '{"config": "other.json"}',
    ': unknown name "config"; known are port, host, json, seed-file, seed, max-active-tokens, state-file, rate-limit, journal, journal-bytes, cors, tls-cert, tls-key, control-token, allow-host, grace, envelope, double-header, allow-production',
  ],
  ["double.toml", "", ": name it .json, .yaml or .yml, so that it is clear what it holds"],
])("the config file %s that holds %j ends with 2 and a sentence", async (name, text, sentence) => {
  await using folder = await testFolder();
  const config = await folder.write(name, text);

  expect(await runCommand(["--config", config])).toEqual({
    code: 2,
    stdout: "",
    stderr: `dayzero-double: ${config}${sentence}\n`,
  });
});

test("a flag wins over the environment, that over the config file, that over the default", async () => {
  await using folder = await testFolder();
  const config = await folder.write(
    "double.yaml",
    "port: 1\nhost: localhost\nseed: 007\njson: true\nseed-file: seeds/team.yaml\ncontrol-token: hush\nallow-host: [a.test, b.test]\n",
  );
  const env = {
    DAYZERO_DOUBLE_PORT: "2",
    DAYZERO_DOUBLE_HOST: "127.0.0.2",
    DAYZERO_DOUBLE_JSON: "true",
    DAYZERO_DOUBLE_CORS: "",
  };

  const { code, stdout, stderr } = await runCommand(
    ["--config", config, "--print-config", "--port", "3", "--no-json", "--no-double-header"],
    { env },
  );

  const from = (key: string) => `${config}: ${key}`;
  expect({
    code,
    stderr,
    rows: stdout
      .trimEnd()
      .split("\n")
      .map((line) => line.split(/ {2,}/)),
  }).toEqual({
    code: 0,
    stderr: "",
    rows: [
      ["port", "3", "--port"],
      ["host", "127.0.0.2", "DAYZERO_DOUBLE_HOST"],
      ["json", "false", "--json"],
      ["seed-file", `${folder.path}/seeds/team.yaml`, from("seed-file")],
      ["seed", "007", from("seed")],
      ["max-active-tokens", "10", "default"],
      ["state-file", "-", "default"],
      ["rate-limit", "-", "default"],
      ["journal", "1000", "default"],
      ["journal-bytes", "33554432", "default"],
      ["cors", "-", "default"],
      ["tls-cert", "-", "default"],
      ["tls-key", "-", "default"],
      ["control-token", "***", from("control-token")],
      ["allow-host", "a.test,b.test", from("allow-host")],
      ["grace", "5", "default"],
      ["envelope", "false", "default"],
      ["double-header", "false", "--double-header"],
      ["allow-production", "false", "default"],
      ["config", config, "--config"],
    ],
  });
});

test("--print-config with --json is one record", async () => {
  const { code, stdout } = await runCommand([
    "--print-config",
    "--json",
    "--allow-host",
    "a.test",
    "--allow-host",
    "b.test",
  ]);

  expect({ code, record: JSON.parse(stdout) }).toMatchObject({
    code: 0,
    record: {
      event: "config",
      config: {
        port: { value: 4010, from: "default" },
        json: { value: true, from: "--json" },
        "allow-host": { value: ["a.test", "b.test"], from: "--allow-host" },
        "state-file": { value: null, from: "default" },
      },
    },
  });
});

test.concurrent.each([[["--help"]], [["-h"]], [["help"]], [["start", "--help"]], [["help", "start"]]])(
  "%j shows what there is on one screen, with examples",
  async (args) => {
    const { code, stdout, stderr } = await runCommand(args);

    const lines = stdout.trimEnd().split("\n");
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(lines.length).toBeLessThanOrEqual(40);
    expect(lines.filter((line) => line.length > 80)).toEqual([]);
    expect(stdout).toContain("\n  --port N                port to listen on; 0 picks a free one (4010)\n");
    expect(stdout).toContain("\n  --no-double-header      leave x-dayzero-double out of replies\n");
    expect(stdout).toContain("\nExamples:\n  dayzero-double --port 0 --json\n");
  },
);

test.concurrent.each([[["--version"]], [["-V"]], [["start", "--version"]]])(
  "%j says which version it is",
  async (args) => {
    expect(await runCommand(args)).toEqual({ code: 0, stdout: "0.1.0\n", stderr: "" });
  },
);

test("NODE_ENV=production is no obstacle to who allows it", async () => {
  await using double = await startCommand(["--allow-production"], { env: { NODE_ENV: "production" } });

  expect((await fetch(`${double.url}/_double/ready`)).status).toBe(200);
});

const secret = foreignToken();
const takers = startOptionList.filter(([, { takes }]) => takes !== undefined);

test.concurrent.each([
  ...takers.map(([name]) => [[`--${kebab(name)}`, "SECRET", "--print-config"], {}] as const),
  [["--allow-host=SECRET", "--seed=SECRET", "--host=SECRET", "--print-config", "--json"], {}],
  [["--host", "SECRET", "--port", "0"], {}],
  [["--seed-file", "SECRET.json"], {}],
  [["--config", "SECRET.yaml"], {}],
  [["--state-file", "/no/SECRET"], {}],
  [["--tls-cert", "SECRET", "--tls-key", "SECRET"], {}],
  [["--SECRET"], {}],
  [["SECRET"], {}],
  [["start", "SECRET"], {}],
  [["ready", "--url", "SECRET"], {}],
  [["ready", "--url", "http://127.0.0.1:1/SECRET"], {}],
  [["openapi", "--out", "/no/SECRET"], {}],
  [["verify", "--tier", "SECRET"], {}],
  [["verify", "--target", "SECRET"], {}],
  [[], { DAYZERO_DOUBLE_PORT: "SECRET" }],
  [[], { DAYZERO_DOUBLE_SECRET: "1" }],
  [["--print-config"], { DAYZERO_DOUBLE_SEED: "SECRET" }],
] as [string[], Record<string, string>][])("a secret in %j with %j is not printed", async (args, env) => {
  const withSecret = (text: string) => text.replace("SECRET", secret);
  const { stdout, stderr } = await runCommand(args.map(withSecret), {
    env: Object.fromEntries(Object.entries(env).map((variable) => variable.map(withSecret))),
  });

  expect(stdout + stderr).not.toBe("");
  expect(stdout + stderr).not.toContain(secret.slice(10, 40));
  expect(stdout + stderr).not.toContain(secret.slice(-20));
});

test.concurrent.each([
  ["a value", `port: ${secret}\n`, "port must be"],
  ["a name", `${secret}: 1\n`, "unknown name"],
  ["what is no YAML", `port: [${secret}\n`, "is no YAML"],
])("a secret in the config file, as %s, is not printed", async (_, text, what) => {
  await using folder = await testFolder();
  const config = await folder.write("double.yaml", text);

  const { code, stdout, stderr } = await runCommand(["--config", config]);

  expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
  expect(stderr).toContain(what);
  expect(stderr).not.toContain(secret.slice(10, 40));
});
