import { asCurl } from "./as-curl.ts";
import { basisOf } from "./bases.ts";
import { ledger } from "./ledger.ts";
import { Normaliser } from "./normalise.ts";
import type { Result } from "./run-suite.ts";
import { type Exchanged, type Target, tampered } from "./target.ts";

/** Why a case failed, in words that can be shown to anybody: no secret is in them. */
export interface Explanation {
  readonly rule: string;
  readonly says: string;
  readonly source: string;
  /** What the rule rests on. */
  readonly basis: string;
  /** Which step of the case it was; 0: the sandbox could not be made. */
  readonly step: number;
  readonly curl: string;
  readonly expected: { readonly status: number };
  /** Normalised. */
  readonly actual: { readonly status: number; readonly body: string };
  readonly differences: readonly Difference[];
}

export interface Difference {
  readonly path: string;
  readonly expected: string;
  readonly actual: string;
}

/** Explains a result that failed; undefined for any other. */
export function explain({ case: each, source, outcome }: Result, target: Target): Explanation | undefined {
  if (outcome.kind !== "failed") return undefined;
  const { answer, step, mismatches } = outcome;
  const normaliser = new Normaliser([target.token, tampered(target.token), target.controlToken ?? ""]);
  const text = (value: unknown) =>
    normaliser.text(typeof value === "string" ? value : (JSON.stringify(value) ?? "nothing"));
  return {
    rule: each.rule,
    says: ledger[each.rule].says,
    source,
    basis: basisOf(each.rule),
    step,
    curl: asCurl(answer, target),
    expected: { status: each.steps[step - 1]?.expect.status ?? 201 },
    actual: { status: answer.status, body: shortened(normaliser.text(answer.text)) },
    differences: mismatches.map(({ path, expected, actual }) => ({
      path,
      expected: shortened(text(expected)),
      actual: shortened(text(actual)),
    })),
  };
}

/** What a person should be told of an inference that is not so. */
export const whatToReport = (target: Target, { responseHeaders }: Exchanged): string =>
  `If ${new URL(target.url).host} is DayZero's own service, please report the lines above` +
  `${responseHeaders.has("date") ? ` with the date of the answer (${responseHeaders.get("date")})` : ""}: ` +
  "they correct the double. Nothing in them is secret.";

const longest = 600;

const shortened = (text: string) =>
  text.length <= longest ? text : `${text.slice(0, longest)}… (${text.length} characters)`;
