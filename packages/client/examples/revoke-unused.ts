import { fileURLToPath } from "node:url";
import { type APITokenResponse, DayZero } from "@dayzero-tokens/client";

const day = 86_400_000;

/**
 * Revokes the active tokens that nobody has used for so many days; one that was never used counts from its creation.
 * Without `really` nothing is revoked, and the answer is what would be.
 */
export async function revokeUnused(
  dayzero: DayZero,
  { days = 90, really = false, now = new Date() } = {},
): Promise<APITokenResponse[]> {
  // All of them first: revoking would move the pages under our feet.
  const unused: APITokenResponse[] = [];
  for await (const token of dayzero.tokens.list({ limit: 1000 })) {
    const seen = Date.parse(token.last_used_at ?? token.created_at);
    const isActive =
      token.revoked_at == null && (token.expires_at == null || Date.parse(token.expires_at) > now.getTime());
    if (isActive && now.getTime() - seen > days * day) unused.push(token);
  }
  if (really) {
    for (const { id } of unused) await dayzero.tokens.revoke(id, { reason: `unused for ${days} days` });
  }
  return unused;
}

// revoke-unused.ts [days] [--really]
if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const really = process.argv.includes("--really");
  const days = Number(process.argv.slice(2).find((given) => /^\d+$/.test(given)) ?? 90);
  for (const { id, last_used_at, name } of await revokeUnused(new DayZero(), { days, really })) {
    process.stdout.write(
      `${really ? "revoked" : "would revoke"}  ${id}  ${name ?? ""}  last used: ${last_used_at ?? "never"}\n`,
    );
  }
}
