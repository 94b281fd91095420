import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { seedSchema } from "../src/control/seed-schema.ts";

test("seed.schema.json is what the contract says; otherwise: pnpm --filter @dayzero-tokens/server run seed-schema", async () => {
  const shipped = await readFile(new URL("../seed.schema.json", import.meta.url), "utf8");

  expect(JSON.parse(shipped)).toEqual(seedSchema());
});
