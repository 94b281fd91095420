import { type Case, type Tier, tiers } from "./case.ts";

/** The tiers that a tier stands for: itself, and those that do less. */
export const tiersUpTo = (tier: Tier): readonly Tier[] => tiers.slice(0, tiers.indexOf(tier) + 1);

/**
 * The cases of the tiers whose name or rule holds the pattern, in any case, `*` standing for anything; and those that
 * bring what they need. Empty where none does.
 */
export function selectCases(cases: readonly Case[], asked: readonly Tier[], pattern = ""): readonly Case[] {
  const parts = pattern.split("*").map((part) => part.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&"));
  const wanted = new RegExp(parts.join(".*"), "i");
  const candidates = cases.filter(({ tier }) => asked.includes(tier));
  const selected = new Set(candidates.filter(({ name, rule }) => wanted.test(name) || wanted.test(rule)));
  // What is added may need something itself: a set's walk comes to it.
  for (const { needs = [] } of selected) {
    for (const provider of candidates) {
      if (provider.sandbox === undefined && provider.steps.some(({ as = "" }) => needs.includes(as))) {
        selected.add(provider);
      }
    }
  }
  return candidates.filter((each) => selected.has(each));
}
