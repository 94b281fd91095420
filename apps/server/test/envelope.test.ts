import { DayZero } from "@dayzero-tokens/client";
import { openapi } from "@dayzero-tokens/contract/openapi";
import { expect, test } from "vitest";
import { type Double, startDouble } from "../src/index.ts";
import { bodyOf, type Credentials, callsOf, controlOf, headersOf, type Target, wellKnownCaller } from "./calls.ts";

const inEnvelope = (data: string) =>
  `{"success":true,"message":"The request succeeded","code":"success","data":${data}}`;

/** What a create, a list, a revoke and some refusals are answered, to the letter. */
async function textsOf({ fetch = globalThis.fetch, url }: Target) {
  const call = async (path: string, body?: object) => {
    const init = body === undefined ? {} : { method: "POST", body: JSON.stringify(body) };
    const headers = path === "/nobody" ? {} : headersOf(wellKnownCaller);
    const response = await fetch(`${url}/api/v1/tokens${path.replace("/nobody", "")}`, { ...init, headers });
    return { status: response.status, text: await response.text() };
  };
  const created = await call("", { name: "é" });
  const [, id = "none"] = /"token_info":\{"id":"([^"]+)"/.exec(created.text) ?? [];
  return {
    successes: [created, await call("?include_total_count=true"), await call(`/${id}/revoke`, { reason: "rotated" })],
    refusals: [
      await call(`/${id}/revoke`, {}),
      await call("", { name: "" }),
      await call("/nobody"),
      await call("/none/revoke", {}),
      await call("/no/such/path"),
    ],
  };
}

/** A double at a time that stands still, whose ids are always the same. */
async function startSame(envelope?: boolean): Promise<Double> {
  const double = await startDouble({ randomSeed: "same", ...(envelope !== undefined && { envelope }) });
  double.clock.freeze("2026-03-01T12:00:00Z");
  return double;
}

/** Whether successes come in an envelope. */
async function isEnveloped(double: Target, credentials: Credentials): Promise<boolean> {
  const { body } = await callsOf(double, credentials).list();
  return "data" in Object(body);
}

test.each(["a socket", "no socket"])(
  "over %s an enveloped double puts each success whole into data; refusals are bare, to the letter",
  async (over) => {
    await using bare = await startSame();
    await using enveloped = await startSame(true);
    const reach = ({ url, fetch }: Double) => (over === "a socket" ? { url } : { url, fetch });

    const expected = await textsOf(reach(bare));
    const actual = await textsOf(reach(enveloped));

    expect(expected.successes.map(({ status }) => status)).toEqual([201, 200, 201]);
    expect(expected.refusals.map(({ status }) => status)).toEqual([400, 422, 401, 404, 404]);
    expect(actual.successes).toEqual(
      expected.successes.map(({ status, text }) => ({ status, text: inEnvelope(text) })),
    );
    expect(actual.refusals).toEqual(expected.refusals);
  },
);

test.each([
  ["a socket", false],
  ["a socket", true],
  ["no socket", false],
  ["no socket", true],
])(
  "over %s, enveloped or not (%j), the client creates, lists and revokes, and gives the data",
  async (over, envelope) => {
    await using double = await startDouble({ envelope });
    const { token: apiToken, businessId } = wellKnownCaller;
    const fetch = over === "a socket" ? globalThis.fetch : double.fetch;
    const { tokens } = new DayZero({ apiToken, businessId, baseUrl: double.url, fetch, maxRetries: 0 });

    const { token, token_info } = await tokens.create({ name: "ci" });
    const { items } = await tokens.list();
    const revoked = await tokens.revoke(token_info.id, { reason: "rotated" });

    expect(token).toMatch(/^dz_/);
    expect(items.map(({ name }) => name)).toContain("ci");
    expect(revoked).toMatchObject({ id: token_info.id, revocation_reason: "rotated" });
  },
);

test("a sandbox has the revision that it asks for, beside what its double answers, and keeps it through resets", async () => {
  await using bare = await startDouble();
  await using enveloped = await startDouble({ envelope: true });

  for (const [double, asked] of [
    [bare, true],
    [enveloped, false],
  ] as const) {
    const other = await double.sandbox({ envelope: asked });
    const same = await double.sandbox();
    const all = () => Promise.all([other, same, wellKnownCaller].map((each) => isEnveloped(double, each)));

    expect(await all()).toEqual([asked, !asked, !asked]);
    await double.reset({ business_id: other.businessId });
    expect(await all()).toEqual([asked, !asked, !asked]);
    expect((await other.client.tokens.list()).items).toMatchObject([{ id: other.tokenId }]);

    await other.forget();
    expect(double.world.sandboxes.has(other.businessId)).toBe(false);
  }
});

test("over HTTP a sandbox asks for it as well, and a business in capitals is the same", async () => {
  await using double = await startDouble();

  const { token, business_id } = bodyOf(await controlOf(double).createSandbox({ body: { envelope: true } }), 201);

  expect(await isEnveloped(double, { token, businessId: business_id })).toBe(true);
  expect(await isEnveloped(double, { token, businessId: business_id.toUpperCase() })).toBe(true);
});

test.each([false, true])("the double says whether it is enveloped (%j), and serves that document", async (envelope) => {
  await using double = await startDouble({ envelope });
  const { url } = double;

  const served = (await (await fetch(`${url}/_double/api/openapi.json`)).json()) as object;

  expect(double.info().envelope).toBe(envelope);
  expect(bodyOf(await controlOf(double).info(), 200).envelope).toBe(envelope);
  expect(served).toMatchObject(JSON.parse(JSON.stringify({ components: openapi({ envelope }).components })));
  expect(JSON.stringify(served).includes("SuccessEnvelope_APITokenRevokeResponse_")).toBe(envelope);
  expect((await (await fetch(`${url}/_double/api/docs`)).text()).includes("SuccessEnvelope_")).toBe(envelope);
});

test("doubles of the two revisions speak otherwise, and their digests say so", async () => {
  await using bare = await startDouble();
  await using enveloped = await startDouble({ envelope: true });

  expect(bare.info().contract_digest).not.toBe(enveloped.info().contract_digest);
});
