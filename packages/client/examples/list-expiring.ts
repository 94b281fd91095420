import { fileURLToPath } from "node:url";
import { type APITokenResponse, DayZero } from "@dayzero-tokens/client";

const day = 86_400_000;

/** The active tokens that expire within so many days, the next one first. */
export async function listExpiring(dayzero: DayZero, days = 30, now = new Date()): Promise<APITokenResponse[]> {
  const expiring: APITokenResponse[] = [];
  for await (const token of dayzero.tokens.list({ limit: 1000 })) {
    const left = Date.parse(token.expires_at ?? "") - now.getTime();
    if (token.revoked_at == null && left > 0 && left <= days * day) expiring.push(token);
  }
  return expiring.sort((a, b) => String(a.expires_at).localeCompare(String(b.expires_at)));
}

// list-expiring.ts [days]
if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const { expires_at, id, name } of await listExpiring(new DayZero(), Number(process.argv[2] ?? 30))) {
    process.stdout.write(`${expires_at}  ${id}  ${name ?? ""}\n`);
  }
}
