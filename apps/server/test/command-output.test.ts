import { spawn } from "node:child_process";
import { once } from "node:events";
import { tmpdir } from "node:os";
import { expect, inject, test } from "vitest";
import { wellKnown } from "../src/world/well-known.ts";
import { runCommand, startRun, testFolder } from "./command.ts";
import { isHere, missing } from "./machine.ts";
import { tls } from "./tls.ts";

test("the greeting says what this is, with no colour where nobody sees it", async () => {
  const { text, stop } = await greetingOf([process.execPath]);

  expect(text).toContain("dayzero-double 0.1.0, a fake of the DayZero api-tokens routes");
  expect(text).not.toContain("\u001b[");
  expect(await stop()).toBe(0);
});

const withTls = ["--tls-cert", "a certificate's.pem", "--tls-key", "key.pem"];
for (const args of [
  [],
  ["--host", "0.0.0.0"],
  withTls,
  ["--host", "0.0.0.0", ...withTls],
  ["--host", "localhost", ...withTls],
]) {
  test.skipIf(!isHere("curl"))(
    `the greeting has a curl that works when pasted${missing("curl")}: ${args.join(" ")}`,
    async () => {
      await using folder = await testFolder();
      await folder.write("a certificate's.pem", tls.cert);
      await folder.write("key.pem", tls.key);
      const { text, stop } = await greetingOf([process.execPath], {}, args, folder.path);

      expect(await pasted(text)).toContain('"token":"dz_');
      expect(await stop()).toBe(0);
    },
  );
}

test.skipIf(!isHere("python3"))(`a terminal gets colours${missing("python3")}`, async () => {
  const { text, stop } = await greetingOf(inTerminal, { TERM: "xterm" });
  await stop();

  expect(text).toContain("\u001b[1mdayzero-double 0.1.0\u001b[22m");
});

test.skipIf(!isHere("python3"))(`a terminal with NO_COLOR gets none${missing("python3")}`, async () => {
  const { text, stop } = await greetingOf(inTerminal, { TERM: "xterm", NO_COLOR: "1" });
  await stop();

  expect(text).toContain("dayzero-double 0.1.0, a fake");
  expect(text).not.toContain("\u001b[");
});

test("a control token that was made up is in the greeting, once", async () => {
  const { text, stop } = await greetingOf([process.execPath], {}, ["--host", "0.0.0.0"]);
  await stop();

  expect(text.match(/control token, shown this once: [\w-]{32}\n/g)).toHaveLength(1);
});

test("what is warned of goes to stderr", async () => {
  const { url, stderr, stop } = await greetingOf([process.execPath]);
  const foreign = "dz_eyJhbGciOiJIUzI1NiJ9.eyJqdGkiOiIxIn0.c2lnbmF0dXJl";
  await fetch(`${url}/api/v1/tokens`, {
    headers: { authorization: `Bearer ${foreign}`, "x-business-id": wellKnown.businessId },
  });

  await expect.poll(stderr, { interval: 10 }).toMatch(/^warning: A request carries a token that no double minted/);
  expect(await stop()).toBe(0);
});

test.each(["stdout", "stderr"] as const)("whoever reads %s may leave; the double goes on", async (stream) => {
  const args = stream === "stdout" ? ["--json"] : [];
  using run = startRun(["--port", "0", ...args]);
  await run.said(stream === "stdout" ? "control_url" : "Ctrl-C stops it.");
  const url = /http:\/\/[\w.:]+/.exec(run.heard())?.[0] ?? "";
  run.closeOutput(stream);
  for (const jti of ["1", "2"]) {
    const foreign = `dz_eyJhbGciOiJIUzI1NiJ9.${Buffer.from(JSON.stringify({ jti })).toString("base64url")}.c2lnbmF0dXJl`;
    await fetch(`${url}/api/v1/tokens`, { headers: { authorization: `Bearer ${foreign}` } });
  }

  expect((await fetch(`${url}/_double/ready`)).status).toBe(200);
  expect(await (await fetch(`${url}/_double/info`)).json()).toMatchObject({ foreign_tokens: 2 });
  run.kill("SIGTERM");
  expect(await run.ended).toMatchObject({ code: 0 });
});

test.each([
  [["--json", "--prot", "1"], {}, 2, "unknown option '--prot' (Did you mean --port?)"],
  [
    ["start", "--json", "--port", "http"],
    {},
    2,
    '--port must be a whole number from 0 to 65535 (0 picks a free port), not "http"',
  ],
  [
    ["--port", "0", "--host", "192.0.2.1"],
    { DAYZERO_DOUBLE_JSON: "true" },
    1,
    "this machine has no address 192.0.2.1; choose another with --host",
  ],
])("with --json a start that fails says so in a record too: %j", async (args, env, code, message) => {
  expect(await runCommand(args, { env })).toEqual({
    code,
    stdout: `${JSON.stringify({ event: "error", message })}\n`,
    stderr: `dayzero-double: ${message}\n`,
  });
});

const inTerminal = ["python3", "-c", "import pty, sys; sys.exit(pty.spawn(sys.argv[1:]) >> 8)", process.execPath];

async function greetingOf([program = "", ...before]: string[], env = {}, args: string[] = [], cwd = tmpdir()) {
  const child = spawn(program, [...before, inject("command"), "--port", "0", ...args], {
    env: { PATH: process.env["PATH"] ?? "", ...env },
    cwd,
    stdio: ["ignore", "pipe", "pipe"],
  });
  let text = "";
  let errors = "";
  child.stderr.setEncoding("utf8").on("data", (part) => {
    errors += part;
  });
  child.stdout.setEncoding("utf8");
  while (!text.includes("Ctrl-C stops it.")) text += (await once(child.stdout, "data"))[0];
  return {
    text: text.replaceAll("\r\n", "\n"),
    url: /http:\/\/[\w.:]+/.exec(text)?.[0] ?? "",
    stderr: () => errors,
    async stop() {
      child.kill("SIGTERM");
      return (await once(child, "close"))[0];
    },
  };
}

/** What the greeting's curl is answered, in a shell. */
async function pasted(text: string): Promise<string> {
  const command = /curl[\s\S]*?-d '.*'/.exec(text)?.[0] ?? "";
  const shell = spawn("sh", ["-c", command], { stdio: ["ignore", "pipe", "ignore"] });
  let answer = "";
  shell.stdout.on("data", (part) => {
    answer += part;
  });
  await once(shell, "close");
  return answer;
}
