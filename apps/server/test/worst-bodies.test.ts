import { expect, test } from "vitest";
import { bodyOf, controlOf } from "./calls.ts";
import { startCommand } from "./command.ts";

test("bodies that are large once they are parsed take the journal's bytes and no more, though anybody may send them", async () => {
  const env = { NODE_OPTIONS: "--max-old-space-size=64" };
  await using double = await startCommand(["--journal-bytes", "5000000"], { env });
  // Parsed, each takes 4 MB.
  const body = `[${Array(21_000).fill("{}").join(",")}]`;
  const headers = { "content-type": "application/json" };

  for (let n = 0; n < 150; n += 1) {
    expect((await fetch(`${double.url}/api/v1/tokens`, { method: "POST", headers, body })).status).toBe(401);
  }

  const control = controlOf({ url: double.url, controlToken: undefined });
  const { entries, dropped } = bodyOf(await control.readJournal({ query: { since: 149 } }), 200);
  expect(entries.map(({ request }) => request.body)).toEqual([JSON.parse(body)]);
  expect(dropped).toBeGreaterThan(50);
}, 120_000);
