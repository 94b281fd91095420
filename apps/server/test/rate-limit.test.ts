import { expect, test } from "vitest";
import { startDouble, wellKnown } from "../src/index.ts";

test("requests over the limit answer 429 and say when to come back", async () => {
  await using double = await startDouble({ rateLimit: 1 });
  double.clock.freeze();
  const headers = { authorization: `Bearer ${wellKnown.secret}`, "x-business-id": wellKnown.businessId };
  const list = () => double.fetch(`${double.url}/api/v1/tokens`, { headers });
  expect((await list()).status).toBe(200);

  const refused = await list();

  expect(refused.status).toBe(429);
  expect(refused.headers.get("retry-after")).toBe("1");
});
