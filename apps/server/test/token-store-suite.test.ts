import fc from "fast-check";
import { expect, test } from "vitest";
import { MemoryTokenStore } from "../src/state/memory/memory-token-store.ts";
import { tokenStoreSuite } from "../src/state/token-store.suite.ts";
import {
  asPeopleWould,
  byUnit,
  comparing,
  ForgetsTheBusiness,
  ForgetsTheUser,
  isSame,
  LosesItsPlace,
  limitedBy,
  SkipsTies,
  SortsThePage,
  sortedBy,
} from "./mutants/wrong-stores.ts";

// A counterexample that is found is enough here: nobody reads it.
fc.configureGlobal({ endOnFailure: true });

/** The suite's tests of a store, by name. */
function testsOf(Store: new () => MemoryTokenStore): Map<string, () => Promise<void>> {
  const tests = new Map<string, () => Promise<void>>();
  tokenStoreSuite("a store", () => new Store(), {
    describe: (_, register) => register(),
    test: (name, run) => void tests.set(name, run),
  });
  return tests;
}

const counting = "counts the tokens of the user in every business, and nobody else's";
const byName = "by name tokens stand by code point, in one page and in several, both ways round";
const byCreation =
  "by created_at tokens stand by their moments, in whatever order they were added, in one page and in several, both ways round";
const byExpiry =
  "by expires_at tokens stand by their moments, and null behind all of them, in one page and in several, both ways round";
const whole = "gives the sorted list exactly once, for any limit, sort and direction";
const model = "the life of tokens goes as in a model of a few lines";

const wrong: [what: string, refusal: string, Store: new () => MemoryTokenStore][] = [
  ["has a limit for each user in each business", counting, limitedBy((each, wanted) => isSame(each, wanted))],
  ["has a limit for each business", counting, limitedBy((each, { businessId }) => each.businessId === businessId)],
  ["has one limit for everybody", counting, limitedBy(() => true)],
  ["sorts names by UTF-16 unit", byName, sortedBy(comparing(byUnit))],
  ["sorts names by UTF-16 unit", whole, sortedBy(comparing(byUnit))],
  ["sorts names as people would", byName, sortedBy(comparing(asPeopleWould))],
  ["puts null before everything", byExpiry, sortedBy(comparing(byUnit, -1))],
  ["keeps tokens in the order in which they were added", byCreation, sortedBy(() => 0)],
  ["sorts by creation alone", byExpiry, sortedBy((a, b) => comparing(byUnit)(a, b, "created_at"))],
  ["cuts its pages before it sorts them", byExpiry, SortsThePage],
  ["loses its place in any order but that of creation", byExpiry, LosesItsPlace],
  ["skips what is tied with the end of a page", whole, SkipsTies],
  [
    "lets another user change a token",
    "finds nothing for another user of the same business, and changes nothing",
    ForgetsTheUser,
  ],
  [
    "lets a user change a token from another business",
    "finds nothing for another business of the same user, and changes nothing",
    ForgetsTheBusiness,
  ],
  ["lets another user change a token", model, ForgetsTheUser],
];

test.each(wrong)("a store that %s is refused: “%s”", async (_, refusal, Store) => {
  const run = testsOf(Store).get(refusal);

  await expect(run?.()).rejects.toThrow(/^expected|^Property failed/);
});

test("the tests that refuse them pass for the store that is right", async () => {
  const tests = testsOf(MemoryTokenStore);

  for (const refusal of new Set(wrong.map(([, refusal]) => refusal))) await tests.get(refusal)?.();
});
