import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { bodyOf, callsOf, controlOf, headersOf, wellKnownCaller } from "./calls.ts";
import { startCommand, testFolder } from "./command.ts";

const uuids = /[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}/g;

/** Writes what is on the heap to a file when it is told to, and says so. */
const snapshots = (path: string) => `
  import { writeHeapSnapshot } from "node:v8";
  process.on("SIGUSR2", () => {
    writeHeapSnapshot(${JSON.stringify(path)});
    console.log(JSON.stringify({ event: "snapshot" }));
  });`;

test("sandboxes that are forgotten, and businesses that nobody knows, leave nothing on the heap", async () => {
  await using folder = await testFolder();
  const snapshot = join(folder.path, "double.heapsnapshot");
  const preload = await folder.write("snapshots.mjs", snapshots(snapshot));
  await using double = await startCommand(["--journal", "10", "--rate-limit", "1000000/s"], { preload });
  const control = controlOf({ url: double.url, controlToken: undefined });
  const forgotten: string[] = [];
  for (let n = 0; n < 100; n += 1) {
    const clock = { freeze: "2030-01-01T00:00:00Z" };
    const made = bodyOf(await control.createSandbox({ body: { tokens: ["active", "revoked"], clock } }), 201);
    const { business_id, user_id, token_id, token } = made;
    await control.addFault({ body: { match: { business_id }, effect: { status: 500 }, times: 1 } });
    const { list } = callsOf(double, { token, businessId: business_id });
    await list();
    await list();
    await control.deleteSandbox({ params: { business_id } });
    forgotten.push(business_id, user_id, token_id, ...made.tokens.map(({ id }) => id));
  }
  const unknown = Array.from({ length: 3000 }, (_, n) => `0197a5c2-6c1e-7d3a-9b1f-${String(n).padStart(12, "0")}`);
  for (const id of unknown) {
    await fetch(`${double.url}/api/v1/tokens`, { headers: { ...headersOf(wellKnownCaller), "x-business-id": id } });
  }

  double.kill("SIGUSR2");
  await double.record("snapshot");

  const left = new Set((await readFile(snapshot, "latin1")).match(uuids));
  expect(forgotten.filter((id) => left.has(id))).toEqual([]);
  // Of each of the last thousand it is known how much of it the journal has dropped; of the others together.
  expect(unknown.filter((id) => left.has(id)).length).toBeLessThan(1100);
}, 120_000);
