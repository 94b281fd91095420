import type { Fault } from "@dayzero-tokens/contract/control";
import { expect, test } from "vitest";
import { Faults } from "./faults.ts";

const standing = (id: string, match: Fault["match"]): Fault => ({
  id,
  match,
  effect: { status: 500 },
  when: "before",
  times: 1,
  skip: 0,
  probability: 1,
  seen: 0,
  hits: 0,
});

test("taking a fault does not look at those of other businesses", () => {
  const faults = new Faults(Math.random);
  const guarded = new Proxy(standing("fault-2", { business_id: "theirs" }), {
    get: (fault, name) => (name === "match" || name === "id" ? Reflect.get(fault, name) : expect.fail("looked at")),
  });
  faults.restore([guarded, standing("fault-1", { business_id: "mine" })]);
  const suspect = { operation: "listTokens", businessId: "mine", tokenId: undefined };

  expect(faults.take("before", suspect)).toMatchObject({ id: "fault-1" });
  expect(faults.take("before", suspect)).toBeUndefined();
  expect(faults.take("before", { ...suspect, businessId: undefined })).toBeUndefined();
});

test("of a business's faults and those for all, the newest strikes first", () => {
  const faults = new Faults(Math.random);
  const matches = [{}, { business_id: "mine" }, { business_id: "theirs" }, {}, { business_id: "mine" }];
  faults.restore(matches.map((match, at) => standing(`fault-${5 - at}`, match)));

  const taken = matches.map(() =>
    faults.take("before", { operation: undefined, businessId: "mine", tokenId: undefined }),
  );

  expect(taken.map((fault) => fault?.id)).toEqual(["fault-5", "fault-4", "fault-2", "fault-1", undefined]);
  expect(faults.list().map(({ id }) => id)).toEqual(["fault-3"]);
});

test("a fault that is used up, taken away or cleared leaves nothing", () => {
  const faults = new Faults(Math.random);
  faults.restore([standing("fault-2", { business_id: "mine" }), standing("fault-1", {})]);
  expect(faults.isEmpty).toBe(false);

  faults.take("before", { operation: undefined, businessId: "mine", tokenId: undefined });
  expect(faults.remove("fault-1")).toBe(true);
  expect(faults.remove("fault-1")).toBe(false);

  expect(faults.isEmpty).toBe(true);
  expect(faults.clear("mine")).toBe(0);
});
