import { expect, test, vi } from "vitest";
import { startApi } from "./api.ts";
import { stringsIn } from "./strings-in.ts";

test("a secret is answered once: no list and no revocation holds it", async () => {
  const { created, list, revoke } = await startApi();
  const { secret, info } = await created();
  const signature = secret.split(".").at(-1) ?? "";

  const answers = [await list("?include_revoked=true"), await revoke(info.id), await list("?include_revoked=true")];

  for (const { text } of answers) expect(text).not.toContain(signature);
});

test("a secret is stored nowhere: not in the store, not in the journal, nowhere in the world", async () => {
  const api = await startApi();
  const { secret, info, credentials } = await api.created({ name: "to be searched for" });
  await api.list("", credentials);
  await api.create({ name: 1 }, credentials);
  await api.revoke(info.id, { reason: "done" }, credentials);
  await api.list("", credentials);

  const everything = await stringsIn(api.world);

  // That the search finds what is kept says that it would find a secret.
  expect(everything).toContain("to be searched for");
  expect(everything).toContain(info.jti);
  const [, claims = "", signature = ""] = secret.split(".");
  expect(everything.filter((text) => text.includes(signature) || text.includes(claims))).toEqual([]);
});

test("a secret is told to nobody: neither reported nor warned of nor printed", async () => {
  const heard: unknown[] = [];
  const api = await startApi({ report: (...what) => heard.push(what), warn: (message) => heard.push(message) });
  using stdout = vi.spyOn(process.stdout, "write");
  using stderr = vi.spyOn(process.stderr, "write");

  const { secret, info, credentials } = await api.created();
  await api.create({ name: 1 }, credentials);
  await api.revoke(info.id, undefined, credentials);
  await api.list("", credentials);

  expect(JSON.stringify([heard, stdout.mock.calls, stderr.mock.calls])).not.toContain(secret.split(".").at(-1));
});

test("a secret that somebody else signed is neither kept nor repeated in full", async () => {
  const heard: string[] = [];
  const api = await startApi({ warn: (message) => heard.push(message) });
  const foreign = `dz_${["eyJhbGciOiJIUzI1NiJ9", "eyJzdWIiOiJyZWFsIn0", "c2lnbmF0dXJlLW9mLWEtcmVhbC10b2tlbg"].join(".")}`;

  await api.list("", { ...api.credentials, authorization: `Bearer ${foreign}` });

  expect((await stringsIn(api.world)).filter((text) => text.includes("c2lnbmF0dXJlLW9mLWEtcmVhbC10b2tlbg"))).toEqual(
    [],
  );
  expect(heard.join()).not.toContain("c2lnbmF0dXJlLW9mLWEtcmVhbC10b2tlbg");
});
