import { rules } from "@dayzero-tokens/contract";
import type { JournalEntry } from "@dayzero-tokens/contract/control";
import { requestOf, responseShown } from "../exchange/record/evidence.ts";
import type { Entry } from "../state/memory/journal.ts";
import { formatInstant } from "../tokens/instant.ts";

/** An entry in the control plane's words. */
export function journalEntry(entry: Entry): JournalEntry {
  const { headers, texts } = entry;
  const { path, ...request } = requestOf({ text: String(texts.request), isShown: entry.isShown });
  return {
    id: entry.id,
    at: formatInstant(entry.at),
    method: entry.method,
    operation: entry.operation ?? null,
    business_id: entry.businessId ?? null,
    user_id: entry.userId ?? null,
    token_id: entry.tokenId ?? null,
    status: entry.status ?? null,
    rule: entry.rule ?? null,
    rule_source: entry.rule ? rules[entry.rule].source : null,
    fault_id: entry.faultId ?? null,
    duration_ms: Math.round(entry.durationMs * 1000) / 1000,
    path,
    request: { ...request, headers: { ...request.headers }, query: { ...request.query } },
    response: responseShown(headers, String(texts.answer)),
    leaks: [...entry.leaks],
  };
}
