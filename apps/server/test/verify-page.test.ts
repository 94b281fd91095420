import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { promisify } from "node:util";
import { expect, inject, test } from "vitest";
import { startDouble, wellKnown } from "../src/index.ts";
import { runCommand } from "./command.ts";
import { hidingTheDouble, startProxy } from "./proxy.ts";

const page = readFileSync(new URL("../../../docs/verify.md", import.meta.url), "utf8");
const [, commands = ""] = /```sh\n(.*?)```/s.exec(page) ?? [];

test("the page's commands work, with a double behind the address of the real API", async () => {
  await using double = await startDouble();
  await using proxy = await startProxy(double.url, hidingTheDouble());
  const script = commands
    .replaceAll("https://api.ondayzero.com", proxy.url)
    .replaceAll("DAYZERO_BUSINESS_ID=…", `DAYZERO_BUSINESS_ID=${wellKnown.businessId}`);

  const stdout = await inBash(script, wellKnown.secret);

  expect(stdout.match(/^dayzero-double .*$/gm)).toEqual([
    expect.stringMatching(/^dayzero-double \S+ verifies http:\/\/127\.0\.0\.1:\d+ \(a double\), tier full: \d+ cases$/),
    expect.stringMatching(`^dayzero-double \\S+ verifies ${proxy.url} \\(no double\\), tier read: \\d+ cases$`),
  ]);
  expect(stdout.match(/^passed: /gm)).toHaveLength(2);
  expect(stdout).not.toContain(wellKnown.secret);
});

test("there is every flag and every variable that the page names", async () => {
  const { stdout: help } = await runCommand(["verify", "--help"]);

  const named = new Set(page.match(/--[a-z][a-z-]+|DAYZERO_[A-Z_]+/g));
  expect(named.size).toBeGreaterThan(6);
  expect([...named].filter((name) => !help.includes(name))).toEqual([]);
});

test.each(["read", "write", "full"])("a run of tier %s costs what the page says", async (tier) => {
  await using double = await startDouble();
  await using proxy = await startProxy(double.url, (_, ask) => ask());

  const { stdout } = await runCommand(["verify", "--target", proxy.url, "--tier", tier]);

  const [, requests, created] = new RegExp(`^\\| ${tier} +\\| (\\d+) +\\| (\\d+) +\\|$`, "m").exec(page) ?? [];
  const ofAccount = (await double.world.tokens.all(wellKnown.businessId)).length - 1;
  expect({ requests: /(\d+) requests\n/.exec(stdout)?.[1], created: String(ofAccount) }).toEqual({ requests, created });
  expect(proxy.seen[0]?.path).toBe("/_double/health");
  expect(proxy.seen[0]?.headers.authorization).toBeUndefined();
  // The full tier also asks whether the double can be steered.
  expect(proxy.seen.length - Number(requests)).toBe(tier === "full" ? 2 : 1);
});

/** What a script says that is typed into bash, where `dayzero-double` is the command as it is now. */
async function inBash(script: string, input: string): Promise<string> {
  const { PATH } = process.env;
  const double = `dayzero-double() { "${process.execPath}" "${inject("command")}" "$@"; }`;
  const shell = promisify(execFile)("bash", ["-e", "-c", `${double}\n${script}`], { env: { PATH } });
  shell.child.stdin?.end(`${input}\n`);
  return (await shell).stdout;
}
