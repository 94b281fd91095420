import { type Basis, bases, basisOf, notFromOutside } from "../src/conformance/bases.ts";
import { cases } from "../src/conformance/cases/index.ts";
import { type LedgerId, ledger } from "../src/conformance/ledger.ts";
import { divergences } from "./divergences.ts";
import { ruleTests } from "./rule-tests.ts";
import { exceptions } from "./vectors/exceptions.ts";
import { vectors } from "./vectors.ts";

// An object literal that satisfies Record<string, …> has no other keys than those of its type.
export const ruleIds = Object.keys(ledger) as LedgerId[];

/** The groups of recorded answers that a rule rests on. */
export function groupsOf(id: LedgerId): readonly string[] {
  const basis: Basis = bases[id];
  return "vectors" in basis ? basis.vectors : [];
}

/** docs/fidelity.md, from the ledger, the cases, the tests and the recorded answers. `skipped`: tests that may not run. */
export const fidelityPage = (skipped: readonly string[]) => `\
# Fidelity

The double is verified against FastAPI: ${vectors.length} exchanges were recorded from an application with these routes (the
requests and answers, byte by byte, are in \`apps/server/test/vectors\`), and every test run replays them.
**It is not yet verified against DayZero's production service**: nobody has run the suite there. Whoever does
(\`dayzero-double verify\`, see [verify.md](verify.md)) and finds a difference corrects this page.

Every rule that the double follows is one of three kinds:

- _documented_: DayZero's public documentation says so;
- _recorded_: FastAPI answered so;
- _inferred_: both are silent, and this is what we decided, and why.

${count("documented")} rules are documented, ${count("recorded")} recorded, ${count("inferred")} inferred. This page is generated: \`pnpm --filter @dayzero-tokens/server run ledger\`.

## The rules

${ruleIds.map(ruleSection).join("\n")}
## Recorded answers that the double gives otherwise

${exceptionLines().join("\n")}

## Known divergences

What a FastAPI application would answer otherwise, knowingly:

${divergences.map(({ says, because }) => `- ${says}: ${because}.`).join("\n")}

## What the OpenAPI document says otherwise

The document says what upstream documents; in some places that is less, or other, than what is answered:

- \`input\` and \`ctx\` of a \`ValidationError\` are objects in it, as on upstream's page; FastAPI echoes an \`input\` of any type.
- \`limit\` of a list has no bounds in it, as upstream's schema has none; the pagination guide's 1 to 1000 are enforced.
- A list can be answered 400 (unknown direction, column or cursor), which upstream does not document for that route.
- Any route can be answered 429 (a rate limit) or what a fault says, which upstream's error-handling guide has and no route.
- "Revoke an API token" and "Not Found - Resource doesn't exist" are descriptions of ours: upstream's are not known here.

- In the enveloped revision (\`dayzero-double openapi --envelope\`) creates and lists are in envelopes, too: upstream's pages of
  them were found bare only.

And in some it says more than upstream's, for linters and generators:

- The bodies of 400, 401, 403 and 404 have a schema beside upstream's example: the error-handling guide's \`{"detail": "<text>"}\`.
- It asks for a bearer (\`security\`); upstream's page says so in prose. The header parameters are upstream's all the same.
- The document and its tag have a description, and a double that serves it puts its own address before production's.

\`packages/contract/test/openapi-facts.test.ts\` holds the document to upstream's facts.

## Tests that are skipped

${skipped.length === 0 ? "None." : skipped.map((each) => `- ${each}`).join("\n")}
`;

const count = (source: string) => Object.values(ledger).filter((rule) => rule.source === source).length;

function ruleSection(id: LedgerId): string {
  const { source, says } = ledger[id];
  const recorded = vectors.filter(({ group }) => groupsOf(id).includes(group)).length;
  const held = [
    ...cases.filter(({ rule }) => rule === id).map(({ tier, name }) => `case (${tier}): ${name}`),
    ...(recorded > 0 ? [`\`test/recorded-answers.test.ts\`: ${recorded} recorded answers`] : []),
    ...(ruleTests[id] ?? []).map(([file, sentence]) => `\`${file}\`: ${sentence}`),
    ...(notFromOutside[id] === undefined ? [] : [`no case: ${notFromOutside[id]}`]),
  ];
  return `### ${id}\n\n_${source}_ — ${says}.\n\nSource: ${basisOf(id)}.\n\n${held.map((each) => `- ${each}`).join("\n")}\n`;
}

function exceptionLines(): string[] {
  const reasons = [...new Set(Object.values(exceptions))];
  return reasons.map((reason) => {
    const ids = Object.keys(exceptions).filter((id) => exceptions[id] === reason);
    return `- ${reason} (${ids.map((id) => `\`${id}\``).join(", ")})`;
  });
}
