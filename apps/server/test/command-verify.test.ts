import { execFile } from "node:child_process";
import { EventEmitter, once } from "node:events";
import { readFile } from "node:fs/promises";
import { createServer } from "node:net";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, inject, test } from "vitest";
import { type Double, startDouble, wellKnown } from "../src/index.ts";
import { type Ended, type RunOptions, runCommand, startRun, testFolder } from "./command.ts";
import { isHere, missing } from "./machine.ts";
import { type Between, hidingTheDouble, type Passed, startProxy, withJson } from "./proxy.ts";

const run = promisify(execFile);

const env = { DAYZERO_API_TOKEN: wellKnown.secret, DAYZERO_BUSINESS_ID: wellKnown.businessId };

const verify = (args: readonly string[] = [], options: RunOptions = {}): Promise<Ended> =>
  runCommand(["verify", ...args], options);

const recordsOf = ({ stdout }: Ended): Record<string, unknown>[] =>
  stdout
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));

async function aliveOn({ world }: Double): Promise<string[]> {
  const tokens = await world.tokens.all();
  return tokens.filter(({ id, revocation }) => revocation === null && id !== wellKnown.token.id).map(({ id }) => id);
}

const isList = (method: string, path: string) => method === "GET" && path.startsWith("/api/v1/tokens");

/** Counts unasked, and shows the caller's secret in the list. */
const counting: Between = async ({ method, path, headers }, ask) => {
  const answer = await ask();
  if (!isList(method, path) || answer.status !== 200) return answer;
  return withJson(answer, (body) => ({ ...body, total: 7, secret: headers.authorization }));
};

/** Differs in what the documentation leaves open, and in nothing else. */
const withoutChallenge: Between = async (_, ask): Promise<Passed> => {
  const { headers, ...answer } = await ask();
  const { "www-authenticate": _challenge, ...others } = headers;
  return { ...answer, headers: others };
};

test("without a target it starts a double, which passes whole: the run ends with 0", async () => {
  const { code, stdout, stderr } = await verify();

  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  expect(stdout).toMatch(/^dayzero-double \S+ verifies http:\/\/127\.0\.0\.1:\d+ \(a double\), tier full: \d+ cases\n/);
  expect(stdout).toMatch(/\npassed: of (\d+) cases \1 passed, 0 failed, 0 not run; \d+ requests\n$/);
});

test("with --json every line is a record, and the last one has the numbers", async () => {
  const ended = await verify(["--json", "--tier", "write"]);

  const records = recordsOf(ended);
  const ofCases = records.filter(({ event }) => event === "case");
  expect(ended).toMatchObject({ code: 0, stderr: "" });
  expect(records[0]).toMatchObject({ event: "start", is_double: true, tier: "write", cases: ofCases.length });
  expect(records.slice(1, -1)).toEqual(ofCases);
  expect(new Set(ofCases.map(({ verdict }) => verdict))).toEqual(new Set(["passed"]));
  expect(records.at(-1)).toEqual({
    event: "summary",
    ok: true,
    revision: "bare",
    cases: ofCases.length,
    passed: ofCases.length,
    failed: 0,
    differs_from_inference: 0,
    not_run: {},
    not_asked_for: { full: expect.any(Number) },
    requests: expect.any(Number),
    left_behind: [],
    may_be_left_behind: null,
  });
});

test("--junit writes well-formed XML beside the table, whose totals are those of the cases in it", async () => {
  await using double = await startDouble();
  await using proxy = await startProxy(double.url, counting);
  await using folder = await testFolder();
  const file = join(folder.path, "verify.xml");

  const { code, stdout } = await verify(["--target", proxy.url, "--tier", "read", "--junit", file]);

  const xml = await readFile(file, "utf8");
  const count = (element: string) => xml.match(new RegExp(`<${element}[ >]`, "g"))?.length ?? 0;
  const [, cases, failed] = /of (\d+) cases \d+ passed, (\d+) failed/.exec(stdout) ?? [];
  expect(code).toBe(1);
  expect(unbalanced(xml)).toEqual([]);
  expect(xml).toContain(
    `<testsuite name="dayzero-double verify" tests="${cases}" failures="${failed}" errors="0" skipped="0">`,
  );
  expect({ cases: count("testcase"), failed: count("failure") }).toEqual({
    cases: Number(cases),
    failed: Number(failed),
  });
  expect(xml).not.toContain(wellKnown.secret);
});

test("a server with a defect is told which rule it breaks, by what request, and how, without a secret: 1", async () => {
  await using double = await startDouble();
  await using proxy = await startProxy(double.url, counting);

  const { code, stdout, stderr } = await verify(["--target", proxy.url, "--tier", "read", "--only", "list.total"]);

  expect({ code, stderr }).toEqual({ code: 1, stderr: "" });
  expect(stdout).toContain(`
failed: Without include_total_count the total is null, with it a number
  rule      list.total (documented): include_total_count=true counts; without it total is null
  rests on  DayZero's documentation, reference page of List tokens
  request   curl -i '${proxy.url}/api/v1/tokens' -H "authorization: Bearer $DAYZERO_API_TOKEN" -H 'x-business-id: ${wellKnown.businessId}'
  answer    200 {"items":[{"id":"<id:1>","jti":"<id:2>","name":"well-known","description":"Here at every start, so that there is something to call with","token_prefix":"dz_eyJ...","token_type":"api","created_at":"<time:1>","last_used_at":"<time:2>","expires_at":null,"revoked_at":null,"revocation_reason":null}],"total":7,"limit":50,"next_cursor":null,"prev_cursor":null,"has_next":false,"has_prev":false,"secret":"Bearer <secret:1>"}
  at body.total
    - expected  null
    + actual    7
`);
  expect(stdout).toMatch(/\nnot passed: of 1 cases 0 passed, 1 failed, 0 not run; 1 requests\n/);
  expect(stdout).not.toContain(wellKnown.secret);
});

test("what goes wrong on a server that is no double fails there as well", async () => {
  await using double = await startDouble();
  await using proxy = await startProxy(double.url, hidingTheDouble(counting));

  const ended = await verify(["--target", proxy.url, "--json"], { env });

  expect(ended.code).toBe(1);
  expect(recordsOf(ended)[0]).toMatchObject({ is_double: false, tier: "read" });
  expect(ended.stdout).not.toContain(wellKnown.secret);
});

test("on what is no double it only reads, with the token and the business of the environment", async () => {
  await using double = await startDouble();
  await using proxy = await startProxy(double.url, hidingTheDouble());

  const { code, stdout, stderr } = await verify(["--target", proxy.url], { env });

  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  expect(stdout).toContain(`verifies ${proxy.url} (no double), tier read:`);
  expect(stdout).toMatch(/not asked for: \d+ of tier write, \d+ of tier full\n$/);
  expect(await double.world.tokens.all()).toHaveLength(1);
  expect(proxy.seen.some(({ headers }) => headers.authorization === `Bearer ${wellKnown.secret}`)).toBe(true);
});

test("everything can be given by flags or by the environment", async () => {
  await using double = await startDouble();
  await using proxy = await startProxy(double.url, hidingTheDouble());
  const only = ["--only", "list.total"];

  const flags = ["--target", proxy.url, "--token", wellKnown.secret, "--business-id", wellKnown.businessId];
  const given = await verify([...flags, ...only]);
  const found = await verify(only, { env: { ...env, DAYZERO_VERIFY_TARGET: proxy.url } });

  expect([given.code, found.code]).toEqual([0, 0]);
});

test("an inference that another server differs from is reported apart, and does not count: 0", async () => {
  await using double = await startDouble();
  await using proxy = await startProxy(double.url, hidingTheDouble(withoutChallenge));

  const { code, stdout } = await verify(["--target", proxy.url], { env });

  expect(code).toBe(0);
  expect(stdout).toContain("\nupstream differs from our inference credentials.challenge: ");
  expect(stdout).toContain("  rule      credentials.challenge (inferred): ");
  expect(stdout).toContain("  at header www-authenticate\n    - expected  Bearer\n    + actual    null\n");
  expect(stdout).toContain(`  If ${new URL(proxy.url).host} is DayZero's own service, please report the lines above`);
  expect(stdout).not.toContain("\nfailed: ");
  expect(stdout).toContain("\n1 differ from an inference of ours, and do not count without --strict\n");
});

test("it counts with --strict: 1", async () => {
  await using double = await startDouble();
  await using proxy = await startProxy(double.url, hidingTheDouble(withoutChallenge));

  const { code, stdout } = await verify(["--target", proxy.url, "--strict"], { env });

  expect(code).toBe(1);
  expect(stdout).toMatch(/\nfailed: .*\n {2}rule {6}credentials\.challenge \(inferred\): /);
  expect(stdout).not.toContain("upstream differs");
});

test("a double is held to the inferences without --strict", async () => {
  await using double = await startDouble();
  await using proxy = await startProxy(double.url, withoutChallenge);

  expect(await verify(["--target", proxy.url, "--tier", "read"])).toMatchObject({ code: 1 });
});

test("the full tier is refused on what is no double: 2", async () => {
  await using double = await startDouble();
  await using proxy = await startProxy(double.url, hidingTheDouble());

  expect(await verify(["--target", proxy.url, "--tier", "full"], { env })).toEqual({
    code: 2,
    stdout: "",
    stderr: `dayzero-double: --tier full steers a double, and ${proxy.url} is none: ask for --tier read or --tier write\n`,
  });
});

test.each<[string, Passed, string]>([
  [
    "a site of static pages, which used to be told 554 lines,",
    { status: 404, headers: { "content-type": "text/html; charset=utf-8" }, text: "<!DOCTYPE html>\n<p>Not here</p>" },
    "404 text/html <!DOCTYPE html>\\n<p>Not here<…",
  ],
  [
    "a page that is the answer to everything",
    { status: 200, headers: { "content-type": "text/html" }, text: "<p>\u001b]0;Welcome</p>" },
    "200 text/html <p>\\x1b]0;Welcome</p>",
  ],
  [
    "another JSON API",
    { status: 404, headers: { "content-type": "application/json" }, text: '{"error":"not_found"}' },
    '404 application/json {"error":"not_found"}',
  ],
  ["a server that sends elsewhere", { status: 301, headers: { location: "https://a.example" }, text: "" }, "301"],
])("%s is left alone after three answers: 2, and what it is is told", async (_, answer, told) => {
  await using proxy = await startProxy(
    "http://127.0.0.1",
    hidingTheDouble(async () => answer),
  );

  const { code, stdout, stderr } = await verify(["--target", proxy.url], { env });

  expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
  expect(stderr).toBe(
    [
      `dayzero-double: ${proxy.url} does not answer as the API does:`,
      `  /api/v1/tokens: ${told}`,
      `  /api/v1/tokens, no credentials: ${told}`,
      `  /api/v1/nope: ${told}`,
      "--target is the address below which /api/v1/tokens is, such as",
      "https://api.ondayzero.com\n",
    ].join("\n"),
  );
  expect(proxy.seen.filter(({ path }) => path.startsWith("/api"))).toHaveLength(3);
});

test("what is told of such a target has no secret in it, though the target repeats it", async () => {
  const echo: Between = async ({ headers }) => ({ status: 200, headers: {}, text: `${headers.authorization}` });
  await using proxy = await startProxy("http://127.0.0.1", hidingTheDouble(echo));

  const { code, stderr } = await verify(["--target", proxy.url], { env });

  expect(code).toBe(2);
  expect(stderr).toContain("  /api/v1/tokens: 200 Bearer <secret:1>\n");
  expect(stderr).not.toContain(wellKnown.secret.slice(0, 12));
});

test.each<[string, Between]>([
  [
    "refuses in words of its own",
    async (_, ask) => {
      const answer = await ask();
      return answer.status < 400 ? answer : { ...answer, text: '{"message":"no"}' };
    },
  ],
  [
    "refuses the list, as FastAPI does",
    async ({ path }, ask) =>
      path === "/api/v1/tokens" ? { status: 403, headers: {}, text: '{"detail":"Forbidden"}' } : ask(),
  ],
  ["is out of order", async () => ({ status: 503, headers: {}, text: "<h1>Back soon</h1>" })],
])("a target that %s is verified all the same: 1", async (_, between) => {
  await using double = await startDouble();
  await using proxy = await startProxy(double.url, hidingTheDouble(between));

  const { code, stdout, stderr } = await verify(["--target", proxy.url], { env });

  expect({ code, stderr }).toEqual({ code: 1, stderr: "" });
  expect(stdout).toMatch(/\nnot passed: of \d+ cases /);
});

test.each([
  [false, "bare"],
  [true, "enveloped"],
])(
  "a target that is no double, enveloped or not (%j), passes, and every report says which",
  async (envelope, revision) => {
    await using double = await startDouble({ envelope });
    await using proxy = await startProxy(double.url, hidingTheDouble());
    await using folder = await testFolder();
    const junit = join(folder.path, "junit.xml");
    const args = ["--target", proxy.url, "--tier", "write"];

    const told = await verify([...args, "--junit", junit], { env });
    const records = recordsOf(await verify([...args, "--json"], { env }));

    expect(told).toMatchObject({ code: 0, stderr: "" });
    expect(told.stdout).toContain(`\nthe target speaks the ${revision} revision\npassed: `);
    expect(records.at(-1)).toMatchObject({ event: "summary", ok: true, revision, left_behind: [] });
    expect(await readFile(junit, "utf8")).toContain(`<property name="revision" value="${revision}"/>`);
    expect(await aliveOn(double)).toEqual([]);
  },
);

test("a run that waited more than ten times was warned of its listeners by Node: it is not", async () => {
  await using double = await startDouble();
  let count = 0;
  await using proxy = await startProxy(double.url, async (_, ask) => {
    count += 1;
    return count % 2 === 0 ? { status: 429, headers: { "retry-after": "0" }, text: "" } : ask();
  });

  expect(await verify(["--target", proxy.url, "--tier", "read"])).toMatchObject({ code: 0, stderr: "" });
  expect(count).toBeGreaterThan(100);
});

test("where nothing listens it cannot run: 2", async () => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" ? address?.port : undefined;
  await new Promise((resolve) => server.close(resolve));

  expect(await verify(["--target", `http://127.0.0.1:${port}`], { env })).toEqual({
    code: 2,
    stdout: "",
    stderr: `dayzero-double: no answer from http://127.0.0.1:${port}: connect ECONNREFUSED 127.0.0.1:${port}\n`,
  });
});

test.each([
  [{ DAYZERO_BUSINESS_ID: wellKnown.businessId }, "a token is needed: give DAYZERO_API_TOKEN or --token"],
  [
    { DAYZERO_BUSINESS_ID: wellKnown.businessId, DAYZERO_API_TOKEN: "" },
    "a token is needed: give DAYZERO_API_TOKEN or --token",
  ],
  [
    { DAYZERO_API_TOKEN: wellKnown.secret },
    "the UUID of a business is needed: give DAYZERO_BUSINESS_ID or --business-id",
  ],
])("with no more than %j it cannot run on what is no double: 2", async (env, sentence) => {
  await using double = await startDouble();
  await using proxy = await startProxy(double.url, hidingTheDouble());

  expect(await verify(["--target", proxy.url], { env })).toEqual({
    code: 2,
    stdout: "",
    stderr: `dayzero-double: ${sentence}\n`,
  });
});

test.each([`${wellKnown.secret} `, `Bearer ${wellKnown.secret}`, "dz_…", `${wellKnown.secret}\n`])(
  "a token that no header can carry as it is, such as %j, made cases fail: it cannot run, 2, and nothing is sent",
  async (token) => {
    await using double = await startDouble();
    await using proxy = await startProxy(double.url, hidingTheDouble());

    expect(await verify(["--target", proxy.url], { env: { ...env, DAYZERO_API_TOKEN: token } })).toEqual({
      code: 2,
      stdout: "",
      stderr: 'dayzero-double: the token must be what follows "Bearer ", without spaces or line breaks\n',
    });
    expect(proxy.seen).toEqual([]);
  },
);

const foreign = "dz_eyJhbGciOiJIUzI1NiJ9.eyJqdGkiOiIxIn0.c2lnbmF0dXJl";

test.each([
  ["a token that somebody else signed", foreign],
  ["a token that is no JWS, which used to be,", "dz_an-opaque-secret-of-a-real-service"],
])("%s is not sent over plain http beyond this machine: 2, and nothing is sent", async (_, token) => {
  await using proxy = await startProxy("http://127.0.0.1", async () => ({ status: 404, headers: {}, text: "" }));
  // Leads to this machine, and is no loopback address.
  const target = `http://0.0.0.0:${proxy.port}`;

  expect(await verify(["--target", target], { env: { ...env, DAYZERO_API_TOKEN: token } })).toEqual({
    code: 2,
    stdout: "",
    stderr: "dayzero-double: the token would go to 0.0.0.0 unencrypted, for everybody on the way to read: use https\n",
  });
  expect(proxy.seen).toEqual([]);
});

test("a name that begins like a loopback address was taken for one: the token is not sent there over plain http", async () => {
  const { code, stderr } = await verify(["--target", "http://127.0.0.1.invalid"], {
    env: { ...env, DAYZERO_API_TOKEN: foreign },
  });

  expect(code).toBe(2);
  expect(stderr).toContain("the token would go to 127.0.0.1.invalid unencrypted");
});

test.each([
  [
    ["--tier", "everything"],
    "option '--tier <tier>' argument 'everything' is invalid. Allowed choices are read, write, full.",
  ],
  [["--only", "no such case"], 'no case of tier full has "no such case" in its name or its rule'],
  [["--target", "api.example.com"], "api.example.com is no URL such as https://api.example.com"],
  [["--target", "https://me:secret@api.example.com"], "the URL must not hold credentials"],
  [["--trier", "read"], "unknown option '--trier' (Did you mean --tier?)"],
  [
    ["--junit", "/no/verify.xml"],
    "/no/verify.xml cannot be written: ENOENT: no such file or directory, open '/no/verify.xml'",
  ],
])("%j ends with 2 and a sentence", async (args, sentence) => {
  expect(await verify(args)).toEqual({ code: 2, stdout: "", stderr: `dayzero-double: ${sentence}\n` });
});

test.each([{}, { NO_COLOR: "1" }])("where nobody sees it there is no escape code, with %j", async (env) => {
  expect((await verify(["--tier", "read"], { env })).stdout).not.toContain("\u001b");
});

test.skipIf(!isHere("python3"))(
  `a terminal gets colours, and a line that says what runs now${missing("python3")}`,
  async () => {
    const text = await inTerminal(["--tier", "read", "--only", "list.total"]);

    expect(text).toContain("\u001b[32m✓\u001b[39m");
    expect(text).toContain("  1/1  Without include_total_count the total is null, with it a number\r");
  },
);

test.skipIf(!isHere("python3"))(
  `a terminal with NO_COLOR got an escape code all the same: it gets none${missing("python3")}`,
  async () => {
    const text = await inTerminal(["--tier", "read", "--only", "list.total"], { NO_COLOR: "1" });

    expect(text).toContain("  ✓ list.total ");
    expect(text).not.toContain("\u001b");
  },
);

test("what a target answered could steer the terminal, and break the table: control characters are spelled out", async () => {
  await using double = await startDouble();
  await using proxy = await startProxy(double.url, async ({ method, path }, ask) =>
    isList(method, path)
      ? { status: 200, headers: { "content-type": "text/html" }, text: "<a>\u001b]0;title\u0007\r\n\u009b2J</a>\t&]]>" }
      : ask(),
  );
  await using folder = await testFolder();
  const file = join(folder.path, "verify.xml");

  const args = ["--target", proxy.url, "--tier", "read", "--only", "list.total", "--junit", file];
  const { code, stdout } = await verify(args);

  expect(code).toBe(1);
  expect(stdout).toContain("\n  answer    200 <a>\\x1b]0;title\\x07\\r\\n\\x9b2J</a>\\t&]]>\n");
  expect(stdout.replaceAll("\n", "")).not.toMatch(/\p{Cc}/u);
  expect(unbalanced(await readFile(file, "utf8"))).toEqual([]);
});

test.each(["SIGINT", "SIGTERM"] as const)(
  "%s while a create is under way lets it be answered, revokes what it created, and ends with 1",
  async (signal) => {
    await using double = await startDouble();
    const hold = new EventEmitter();
    const asked = once(hold, "asked");
    const released = once(hold, "released");
    await using proxy = await startProxy(double.url, async ({ method, path }, ask) => {
      const answer = await ask();
      if (method !== "POST" || path !== "/api/v1/tokens" || answer.status !== 201) return answer;
      hold.emit("asked");
      await released;
      return answer;
    });
    using running = startRun(["verify", "--target", proxy.url, "--tier", "write"]);
    await asked;
    const before = await aliveOn(double);

    running.kill(signal);
    await running.said("stopping; what was created is revoked first");
    hold.emit("released");

    const { code, stdout } = await running.ended;
    expect(code).toBe(1);
    expect(stdout).toMatch(/\n\d+ not run: interrupted\n/);
    expect(stdout).not.toContain("could not be revoked");
    expect(before).toHaveLength(1);
    expect(await aliveOn(double)).toEqual([]);
    expect(await double.world.tokens.all()).toHaveLength(2);
  },
);

test("a run that is interrupted has what it did not run in every report, as not passed", async () => {
  await using double = await startDouble();
  await using folder = await testFolder();
  const file = join(folder.path, "verify.xml");
  const hold = new EventEmitter();
  const asked = once(hold, "asked");
  const released = once(hold, "released");
  await using proxy = await startProxy(double.url, async ({ path }, ask) => {
    if (path === "/_double/health") return ask();
    hold.emit("asked");
    await released;
    return ask();
  });
  using running = startRun(["verify", "--target", proxy.url, "--tier", "read", "--json", "--junit", file]);
  await asked;

  running.kill("SIGINT");
  const ended = await running.ended;
  hold.emit("released");

  const summary = recordsOf(ended).at(-1);
  const cases = Number(summary?.["cases"]);
  expect(ended.code).toBe(1);
  expect(summary).toMatchObject({ event: "summary", ok: false, passed: 0, failed: 0, not_run: { interrupted: cases } });
  expect(await readFile(file, "utf8")).toContain(`tests="${cases}" failures="0" errors="${cases}" skipped="0"`);
});

test("a second signal stops it at once: 1", async () => {
  await using double = await startDouble();
  const hold = new EventEmitter();
  const asked = once(hold, "asked");
  const released = once(hold, "released");
  await using proxy = await startProxy(double.url, async ({ method, path, headers }, ask) => {
    if (method === "POST" && path === "/api/v1/tokens" && headers.authorization !== undefined) {
      hold.emit("asked");
      await released;
    }
    return ask();
  });
  using running = startRun(["verify", "--target", proxy.url, "--tier", "write"]);
  await asked;
  running.kill("SIGINT");
  await running.said("stopping");

  running.kill("SIGINT");

  expect((await running.ended).code).toBe(1);
  hold.emit("released");
});

test("whoever reads the report may leave; what was created is revoked all the same", async () => {
  await using double = await startDouble();
  using running = startRun(["verify", "--target", double.url, "--tier", "write", "--json"]);
  await running.said("start");
  running.closeOutput();

  expect((await running.ended).code).toBe(0);
  expect(await double.world.tokens.all()).toHaveLength(1 + 3);
  expect(await aliveOn(double)).toEqual([]);
});

test("a token that cannot be revoked is told by its id: 1", async () => {
  await using double = await startDouble();
  await using proxy = await startProxy(double.url, async ({ path }, ask) => {
    const [, id = ""] = /([^/]+)\/revoke$/.exec(path) ?? [];
    return (await aliveOn(double)).includes(id) ? { status: 500, headers: {}, text: "no" } : ask();
  });

  const { code, stdout } = await verify(["--target", proxy.url, "--tier", "write"]);

  const left = await aliveOn(double);
  expect(code).toBe(1);
  expect(left.length).toBeGreaterThan(0);
  for (const id of left) expect(stdout).toContain(`\n  ${id}\n`);
  expect(stdout).toContain("These tokens were created and could not be revoked; please do:");
});

test.skipIf(!isHere("python3"))(
  `what a stranger is told from fits ten lines of a terminal${missing("python3")}`,
  async () => {
    const page = { status: 200, headers: { "content-type": "text/html" }, text: `<p>${"word ".repeat(500)}` };
    await using proxy = await startProxy(
      "http://127.0.0.1",
      hidingTheDouble(async () => page),
    );

    const text = await inTerminal(["--target", proxy.url], env).catch(({ stdout }) => String(stdout));

    const lines = text.trimEnd().split(/\r?\n/);
    expect(lines.at(-1)).toBe("https://api.ondayzero.com");
    expect(lines.length).toBeLessThanOrEqual(10);
    expect(lines.filter((line) => line.length > 80)).toEqual([]);
  },
);

/** What a run says to a terminal. */
async function inTerminal(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<string> {
  const inPty = "import pty, sys; sys.exit(pty.spawn(sys.argv[1:]) >> 8)";
  const command = ["-c", inPty, process.execPath, inject("command"), "verify", ...args];
  const { stdout } = await run("python3", command, { env: { PATH: process.env["PATH"], TERM: "xterm", ...env } });
  return stdout;
}

/** The elements of a document that are not closed, or closed and not opened. */
function unbalanced(xml: string): string[] {
  const open: string[] = [];
  for (const [, closing, name = "", itself] of xml.matchAll(/<(\/?)([a-z-]+)(?:\s+[\w-]+="[^"<]*")*\s*(\/?)>/g)) {
    if (itself === "/") continue;
    if (closing === "") open.push(name);
    else if (open.pop() !== name) return [name];
  }
  const rest = xml.replace(/^<\?xml [^>]*\?>/, "").replace(/<(\/?)([a-z-]+)(?:\s+[\w-]+="[^"<]*")*\s*(\/?)>/g, "");
  return [...open, ...(rest.match(/<|&(?!(amp|lt|gt|quot);)/g) ?? [])];
}
