import { APITokenListResponse } from "@dayzero-tokens/contract";
import fc from "fast-check";
import { expect, test } from "vitest";
import { type Double, startDouble } from "../src/index.ts";
import { maskText } from "../src/world/mask.ts";
import { bodyOf, type Credentials, callsOf, controlOf, headersOf, wellKnownCaller } from "./calls.ts";
import { foreignToken } from "./foreign-token.ts";
import { growthOf } from "./growth.ts";
import { sendRaw } from "./raw-http.ts";
import { readEvents } from "./read-events.ts";

const json = { "content-type": "application/json" };

/** Sends the secret where none belongs. */
type Misplace = (double: Double, caller: Credentials, secret: string) => Promise<unknown>;

const raw = ({ url }: Double, head: string) =>
  sendRaw(url, Buffer.from(`${head}\r\nhost: x\r\nconnection: close\r\n\r\n`));

/** As a URL holds it whose parts were encoded so many times over, dots included. */
const percentEncoded = (secret: string, times: number) =>
  secret.replace(/[._]/g, (character) => `%${"25".repeat(times - 1)}${character.charCodeAt(0).toString(16)}`);

const misplaced: Record<string, Misplace> = {
  "the value of a query parameter": (double, caller, secret) => callsOf(double, caller).list(`?cursor=${secret}`),
  "an encoded query": (double, caller, secret) =>
    callsOf(double, caller).list(`?cursor=${encodeURIComponent(secret).replaceAll("_", "%5f")}`),
  "the name of a query parameter": (double, caller, secret) => callsOf(double, caller).list(`?${secret}=1`),
  "both the name and the value of a query parameter": (double, caller, secret) =>
    callsOf(double, caller).list(`?${secret}=${secret}`),
  "a query that is encoded twice": (double, caller, secret) =>
    callsOf(double, caller).list(`?cursor=${percentEncoded(secret, 2)}`),
  "a path that is encoded five times": ({ url }, _, secret) => fetch(`${url}/${percentEncoded(secret, 5)}`),
  "the path": (double, caller, secret) => callsOf(double, caller).revoke(secret),
  "a path that is nowhere": ({ url }, _, secret) => fetch(`${url}/${secret}`),
  "an encoded path": ({ url }, _, secret) => fetch(`${url}/${secret.replaceAll("_", "%5F")}`),
  "the query of a path that is redirected": ({ url }, _, secret) =>
    fetch(`${url}/api/v1/tokens/?token=${secret}`, { redirect: "manual" }),
  "the name of a token": (double, caller, secret) =>
    callsOf(double, caller).create({ name: secret.slice(0, 255), description: secret }),
  "the reason of a revocation": async (double, caller, secret) => {
    const { revoke, created } = callsOf(double, caller);
    await revoke((await created()).token_info.id, { reason: `it leaked: ${secret}` });
  },
  "a field that is refused": (double, caller, secret) =>
    callsOf(double, caller).create({ name: [secret], expires_in_days: secret }),
  "the name of a field": (double, caller, secret) => callsOf(double, caller).create({ [secret]: { [secret]: secret } }),
  "a body that is no JSON": ({ url }, caller, secret) =>
    fetch(`${url}/api/v1/tokens`, { method: "POST", headers: headersOf(caller), body: `{"name": "${secret}"` }),
  "a body that is no JSON, escaped": ({ url }, caller, secret) =>
    fetch(`${url}/api/v1/tokens`, {
      method: "POST",
      headers: headersOf(caller),
      body: `{"name": "${secret.replaceAll(".", "\\u002E")}"`,
    }),
  "a body that is no JSON, escaped twice": ({ url }, caller, secret) =>
    fetch(`${url}/api/v1/tokens`, {
      method: "POST",
      headers: headersOf(caller),
      body: `{"name": "${secret.replaceAll(/[._]/g, (character) => `\\\\u00${character.charCodeAt(0).toString(16)}`)}"`,
    }),
  "a form": ({ url }, caller, secret) =>
    fetch(`${url}/api/v1/tokens`, {
      method: "POST",
      headers: { ...headersOf(caller), "content-type": "application/x-www-form-urlencoded" },
      body: new URLSearchParams({ secret, encoded: secret.replaceAll("_", "%5F") }).toString(),
    }),
  "the business": (double, caller, secret) => callsOf(double, { ...caller, businessId: secret }).list(),
  "another business": (double, _, secret) => callsOf(double, { ...wellKnownCaller, token: secret }).list(),
  "headers of all kinds": ({ url }, caller, secret) =>
    fetch(`${url}/api/v1/tokens`, {
      headers: {
        ...headersOf(caller),
        "x-user-email": secret,
        "x-api-key": secret,
        cookie: `a=${secret}`,
        "proxy-authorization": secret,
        referer: `https://x/?t=${secret}`,
      },
    }),
  "headers that are encoded": ({ url }, caller, secret) =>
    fetch(`${url}/api/v1/tokens`, {
      headers: {
        ...headersOf(caller),
        referer: `https://x/?t=${percentEncoded(secret, 1)}`,
        "x-twice": percentEncoded(secret, 2),
      },
    }),
  "headers in base64": ({ url }, caller, secret) =>
    fetch(`${url}/api/v1/tokens`, {
      headers: {
        ...headersOf(caller),
        ...Object.fromEntries(
          ["", "a", "ab", "abc:"].map((before, at) => [`x-${at}`, Buffer.from(before + secret).toString("base64")]),
        ),
      },
    }),
  "the name of a header": ({ url }, caller, secret) =>
    fetch(`${url}/api/v1/tokens`, { headers: { ...headersOf(caller), [secret]: secret } }),
  "Authorization without a scheme": ({ url }, _, secret) =>
    fetch(`${url}/api/v1/tokens`, { headers: { authorization: secret } }),
  "Authorization before anything else": ({ url }, _, secret) =>
    fetch(`${url}/api/v1/tokens`, { headers: { authorization: `${secret} token` } }),
  "Authorization of another scheme": ({ url }, _, secret) =>
    fetch(`${url}/api/v1/tokens`, { headers: { authorization: `Token ${secret}` } }),
  "Authorization twice": (double, _, secret) =>
    raw(double, `GET /api/v1/tokens HTTP/1.1\r\nauthorization: Bearer ${secret}\r\nauthorization: ${secret}`),
  "a request that a fault answers": async (double, caller, secret) => {
    double.faults.add({ effect: { status: 500, body: { secret }, headers: { "x-secret": secret } }, times: 1 });
    await callsOf(double, caller).list(`?cursor=${secret}`);
  },
};

/** Everything that a double shows of what happened and how it is set; what its callers stored under names of theirs aside. */
async function surfacesOf(double: Double): Promise<Record<string, unknown>> {
  const control = controlOf(double);
  const { tokens, ...state } = bodyOf(await control.getState(), 200);
  const unmet = await control.expect({ body: { match: { rule: "never" }, count: { min: 1000 } } });
  return {
    "the journal over HTTP": (await control.readJournal({ query: {} })).body,
    "the journal in process": double.journal.entries(),
    "a failed expectation over HTTP": unmet.body,
    "a failed expectation in process": await double
      .expect({ match: { rule: "never" } })
      .then(String, (error) => [error.message, error.unmet, error.stack]),
    "a met expectation": (await control.expect({ body: { match: {} } })).body,
    info: (await control.info()).body,
    // A name is answered as it was given, whatever it holds: a list would not be true otherwise.
    state: { ...state, tokens: tokens.map((token) => ({ ...token, name: "", description: "", revocation: null })) },
  };
}

test.each(Object.entries(misplaced))(
  "a secret in %s is masked wherever the double tells of it",
  async (_, misplace) => {
    const warnings: string[] = [];
    await using double = await startDouble({ warn: (warning) => warnings.push(warning) });
    await using events = await readEvents(`${double.url}/_double/journal/stream`);
    const sandbox = await double.sandbox();
    const { token } = await callsOf(double, sandbox).created();
    const secrets = [token, foreignToken()];

    for (const secret of secrets) await misplace(double, sandbox, secret);

    const streamed = [];
    for (const _ of double.journal.entries()) streamed.push(await events.next());
    const surfaces = { ...(await surfacesOf(double)), warnings, stream: streamed };
    for (const [surface, shown] of Object.entries(surfaces)) {
      for (const secret of secrets) {
        // Neither it nor its part that signs, which is all that has to be kept, in whatever case, nor in base64.
        const signature = String(secret.split(".")[2]);
        const text = `${surface}: ${JSON.stringify(shown)}`;
        expect(text.toLowerCase()).not.toContain(signature.toLowerCase());
        for (const part of [0, 1, 2]) {
          expect(text).not.toContain(Buffer.from(signature.slice(part)).toString("base64").slice(0, 24));
        }
      }
    }
  },
);

test("whatever is sent where, no secret minted in the run is on any surface", async () => {
  const warnings: string[] = [];
  await using double = await startDouble({ journal: 10_000, warn: (warning) => warnings.push(warning) });
  await using events = await readEvents(`${double.url}/_double/journal/stream`);
  const minted: string[] = [];
  const places = Object.entries(misplaced).filter(([name]) => !name.startsWith("a request that a fault"));
  await fc.assert(
    fc.asyncProperty(fc.array(fc.constantFrom(...places), { maxLength: 6 }), async (places) => {
      const sandbox = await double.sandbox({ tokens: ["active", "expired", "revoked"] });
      const { token } = await callsOf(double, sandbox).created();
      const secrets = [sandbox.token, token, ...sandbox.tokens.map((each) => each.token), foreignToken(sandbox.userId)];
      minted.push(...secrets);
      for (const [at, [, misplace]] of places.entries()) {
        await misplace(double, sandbox, String(secrets[at % secrets.length]));
      }
    }),
    { numRuns: 30 },
  );

  const streamed = [];
  for (const _ of double.journal.entries()) streamed.push(await events.next());
  const shown = JSON.stringify({ ...(await surfacesOf(double)), warnings, streamed });
  expect(minted.length).toBeGreaterThan(100);
  expect(minted.filter((secret) => shown.includes(String(secret.split(".")[2])))).toEqual([]);
}, 60_000);

test.each([
  ["POST", "/sandboxes", "{SECRET}"],
  ["POST", "/sandboxes", '{"SECRET": 1}'],
  ["POST", "/sandboxes", '{"tokens": ["SECRET"]}'],
  [
    "POST",
    "/seed",
    '{"tokens": [{"user": "SECRET", "business": "0197a5c2-6c1e-7d3a-9b1f-2f6d3c4b5a69", "name": "x"}]}',
  ],
  ["POST", "/seed", '{"users": [{"email": "SECRET"}, {"email": "SECRET"}]}'],
  ["POST", "/faults", '{"effect": {"status": 500}, "SECRET": 1}'],
  ["PUT", "/clock", '{"set": "SECRET"}'],
  ["PUT", "/state", '{"version": 1, "SECRET": []}'],
  ["GET", "/journal?SECRET=1", undefined],
  ["GET", "/SECRET", undefined],
  ["DELETE", "/faults/SECRET", undefined],
  ["DELETE", "/sandboxes/SECRET", undefined],
])("the control plane refuses %s %s %s without repeating the secret", async (method, path, body) => {
  await using double = await startDouble();
  const { token } = await callsOf(double, wellKnownCaller).created();
  const response = await fetch(`${double.url}/_double${path.replaceAll("SECRET", token)}`, {
    method,
    headers: json,
    ...(body !== undefined && { body: body.replaceAll("SECRET", token) }),
  });
  expect(response.status).toBeGreaterThanOrEqual(400);
  expect(response.status).toBeLessThan(500);
  expect(await response.text()).not.toContain(token.slice(0, 20));
});

test.each([
  ["in a query", "the value of a query parameter", ["query.cursor"]],
  [
    "as the name of a query parameter",
    "both the name and the value of a query parameter",
    ["query", "query.dz_eyJ..."],
  ],
  ["in a path", "the path", ["path"]],
  ["in a body", "a field that is refused", ["body.name.0", "body.expires_in_days"]],
  ["in the names of fields", "the name of a field", ["body", "body.dz_eyJ...", "body.dz_eyJ....dz_eyJ..."]],
  ["in a reason", "the reason of a revocation", ["body.reason"]],
  [
    "in headers",
    "headers of all kinds",
    ["header.x-user-email", "header.x-api-key", "header.cookie", "header.proxy-authorization", "header.referer"],
  ],
  ["in headers, encoded", "headers that are encoded", ["header.referer", "header.x-twice"]],
  ["in headers, in base64", "headers in base64", ["header.x-0", "header.x-1", "header.x-2", "header.x-3"]],
  ["in a query, encoded twice", "a query that is encoded twice", ["query.cursor"]],
  ["in a path, encoded five times", "a path that is encoded five times", ["path"]],
  ["as a business", "the business", ["header.x-business-id"]],
  ["for another business", "another business", ["business"]],
])("a secret %s is flagged as a leak, with where it stood, and counted", async (_, place, where) => {
  await using double = await startDouble();
  await using events = await readEvents(`${double.url}/_double/journal/stream`);
  const sandbox = await double.sandbox({ tokens: ["active"] });
  const [leaked] = sandbox.tokens;

  await misplaced[place]?.(double, sandbox, String(leaked?.token));

  const leaks = where.map((where) => ({ where, token_id: leaked?.id }));
  expect(double.journal.entries().at(-1)?.leaks).toEqual(leaks);
  const streamed = [];
  for (const _ of double.journal.entries()) streamed.push(await events.next());
  expect(streamed.at(-1)?.data.leaks).toEqual(leaks);
  expect(bodyOf(await controlOf(double).info(), 200)).toMatchObject({ leaks: leaks.length, foreign_tokens: 0 });
});

test("a secret where it belongs is no leak, nor is one that the double does not know", async () => {
  await using double = await startDouble();
  const sandbox = await double.sandbox();
  const { created, list, create } = callsOf(double, sandbox);
  const { token } = await created();
  await callsOf(double, { ...sandbox, token }).list();
  await list("?cursor=dz_nonsense");
  await create({ name: "dz_ is what tokens begin with" });
  expect(double.journal.entries().flatMap(({ leaks }) => leaks)).toEqual([]);
  expect(double.info().leaks).toBe(0);
});

test("in process, too, an exchange with a leak is on record when its answer is there", async () => {
  await using double = await startDouble();
  const sandbox = await double.sandbox();
  for (let n = 1; n <= 10; n += 1) {
    await callsOf(double, sandbox).list(`?cursor=${sandbox.token}`);
    expect(double.journal.entries()).toHaveLength(n);
    expect(double.journal.entries().at(-1)?.leaks).toEqual([{ where: "query.cursor", token_id: sandbox.tokenId }]);
  }
});

test("a well-formed token that no double minted gets upstream's 401, is counted, and is warned about once, masked", async () => {
  const warnings: string[] = [];
  await using double = await startDouble({ warn: (warning) => warnings.push(warning) });
  const foreign = { ...wellKnownCaller, token: foreignToken() };

  const answers = [await callsOf(double, foreign).list(), await callsOf(double, foreign).create()];

  for (const answer of answers) expect(answer).toMatchObject({ status: 401, body: { detail: "Not authenticated" } });
  expect(double.journal.entries().map(({ rule }) => rule)).toEqual(["credentials.signature", "credentials.signature"]);
  expect(double.info()).toMatchObject({ foreign_tokens: 2, leaks: 0 });
  expect(warnings).toEqual([
    "A request carries a token that no double minted (dz_eyJ...): is somebody using a real credential?",
  ]);

  await callsOf(double, { ...foreign, token: foreignToken("another") }).list();
  expect(warnings).toHaveLength(2);
});

test("tokens that nobody could be using for real are not warned about", async () => {
  const warnings: string[] = [];
  await using double = await startDouble({ warn: (warning) => warnings.push(warning) });
  const sandbox = await double.sandbox({ tokens: ["expired", "revoked"] });
  await sandbox.forget();
  for (const token of [sandbox.token, "dz_nonsense", "dz_a.b.c", ...sandbox.tokens.map(({ token }) => token)]) {
    expect(await callsOf(double, { ...sandbox, token }).list()).toMatchObject({ status: 401 });
  }
  expect(warnings).toEqual([]);
  expect(double.info().foreign_tokens).toBe(0);
});

test("what its users wrote is masked on every surface that people read, and kept in the snapshot alone", async () => {
  await using double = await startDouble({ randomSeed: "dz_a.seed.that-looks-like-one" });
  const control = controlOf(double);
  const sandbox = await double.sandbox();
  const secret = foreignToken();
  const pinned = "dz_pinned.by.the-user";
  const user = `${secret}@example.com`;
  const { businessId: business } = sandbox;
  const effect = { status: 503, body: { [secret]: [secret] }, headers: { "x-secret": secret, "set-cookie": secret } };

  const shown = {
    added: bodyOf(await control.addFault({ body: { match: { token_id: secret }, effect } }), 201),
    faults: bodyOf(await control.listFaults({ query: {} }), 200),
    inProcess: [
      double.faults.add({ match: { token_id: secret }, effect }),
      double.faults.list(),
      sandbox.faults.list(),
    ],
    seeded: bodyOf(
      await control.seed({
        body: { users: [{ email: user }], tokens: [{ user, business, name: secret.slice(0, 255), secret: pinned }] },
      }),
      201,
    ),
    clock: bodyOf(await control.getClock({ query: { business_id: secret } }), 200),
    unmet: (await control.expect({ body: { match: { token_id: secret } } })).body,
    unmetInProcess: await double.expect({ match: { token_id: secret } }).catch(String),
    refusedInProcess: await double.seed({ users: [{ email: user }] }).catch(String),
    malformedInProcess: await double.seed(JSON.parse(`{"${secret}": 1}`)).catch(String),
    info: double.info(),
  };

  const text = JSON.stringify(shown).toLowerCase();
  for (const part of [secret.slice(10), String(secret.split(".")[1]).slice(0, 40), pinned.slice(8), "looks-like-one"]) {
    expect(text).not.toContain(part.toLowerCase());
  }
  expect(shown.added).toMatchObject({
    effect: { body: { "dz_eyJ...": ["dz_eyJ..."] }, headers: { "x-secret": "dz_eyJ...", "set-cookie": "dz_eyJ..." } },
  });
  expect(shown.seeded).toMatchObject({
    users: [{ email: "dz_eyJ...@example.com" }],
    tokens: [{ name: "dz_eyJ...", token: "dz_pin..." }],
  });
  const { faults, users, tokens } = await double.snapshot();
  expect(faults.map((fault) => fault.effect)).toEqual([effect, effect]);
  expect(users.at(-1)?.email).toBe(user);
  expect(tokens.at(-1)?.name).toBe(secret.slice(0, 255));
  expect(await callsOf(double, { token: pinned, businessId: business }).list()).toMatchObject({ status: 403 });
});

test("a header whose value is a header's name leaves the next header alone", async () => {
  await using double = await startDouble();
  await raw(double, "OPTIONS /api/v1/tokens HTTP/1.1\r\naccess-control-request-headers: authorization\r\nx-next: kept");
  expect(double.journal.entries().at(-1)?.request.headers).toMatchObject({
    "access-control-request-headers": "authorization",
    "x-next": "kept",
  });
});

test("texts that only look a little like secrets are shown as they are", async () => {
  await using double = await startDouble();
  const sandbox = await double.sandbox({ tokens: ["active", "active"] });
  const first = await callsOf(double, sandbox).list("?limit=1&sort_by=name");
  const { next_cursor } = APITokenListResponse.parse(first.body);
  const description = "100% of dz_abc... \\u00e9 %2E eyJ.hello";
  await callsOf(double, sandbox).create({ name: "n", description });
  await callsOf(double, sandbox).list(`?limit=1&sort_by=name&cursor=${next_cursor}`);

  const [listed, created, next] = sandbox.journal.entries();
  expect(listed?.response.body).toEqual(first.body);
  expect(created?.request.body).toEqual({ name: "n", description });
  expect(next?.request.query["cursor"]).toBe(next_cursor);
});

test.each([
  ["headers of JWSs", "eyJ"],
  ["prefixes", "dz_"],
  ["percent signs", "%25"],
  ["backslashes", "\\"],
  ["dots behind headers", "eyJ."],
  ["base64", "ZHpfZXlK"],
])("a text of ten times as many %s takes about ten times as long to mask", async (_, unit) => {
  const worst = (length: number) => `x ${unit.repeat(length / unit.length)} %`;

  expect(await growthOf(maskText, worst)).toBeUndefined();
});
