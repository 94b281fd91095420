import { type Case, tiers } from "../case.ts";
import { businessCases } from "./business.ts";
import { credentialsCases } from "./credentials.ts";
import { frameworkCases } from "./framework.ts";
import { lifeCases } from "./life.ts";
import { listCases } from "./list.ts";

/** Every case, in the order in which they run: those of one tier before those of the next. */
export const cases: readonly Case[] = [
  ...credentialsCases,
  ...businessCases,
  ...frameworkCases,
  ...listCases,
  ...lifeCases,
].toSorted((a, b) => tiers.indexOf(a.tier) - tiers.indexOf(b.tier));
