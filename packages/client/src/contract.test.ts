import { contract } from "@dayzero-tokens/contract";
import { expect, test } from "vitest";
import { createRoute, listRoute, revokeRoute } from "./routes.ts";

const mine = { createToken: createRoute, listTokens: listRoute, revokeToken: revokeRoute };

test("the client's routes are the contract's: methods, paths, successes and refusals", () => {
  const theirs = Object.entries(contract).map(([name, { method, path, responses }]) => {
    const statuses = Object.keys(responses).map(Number);
    const [success] = statuses.filter((status) => status < 300);
    return [name, { method, path, success, refusals: statuses.filter((status) => status > 299) }];
  });
  const ours = Object.entries(mine).map(([name, { method, path, success, refusals }]) => {
    const sorted = refusals.toSorted((a, b) => a - b);
    return [name, { method, path: path.replace("*", ":token_id"), success, refusals: sorted }];
  });
  expect(Object.fromEntries(ours)).toEqual(Object.fromEntries(theirs));
});
