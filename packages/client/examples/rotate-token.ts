import { fileURLToPath } from "node:url";
import { type APITokenCreateResponse, DayZero, DayZeroError } from "@dayzero-tokens/client";

/**
 * Replaces a token: makes a new one, proves that it works, lets `store` keep it, and only then revokes the old one.
 * Whatever fails on the way, one of the two still opens.
 */
export async function rotateToken(
  dayzero: DayZero,
  id: string,
  days: number,
  store: (secret: string) => void | Promise<void>,
): Promise<APITokenCreateResponse> {
  const old = await find(dayzero, id);
  const name = `${old.name ?? "token"} since ${new Date().toISOString()}`;
  const created = await dayzero.tokens.create({ name, expires_in_days: days }).catch(async (error) => {
    // The answer was lost on its way: the new token may exist, and nobody has its secret.
    if (error instanceof DayZeroError && error.outcome === "unknown") await revokeByName(dayzero, name);
    throw error;
  });

  await dayzero.withOptions({ apiToken: created.token }).tokens.list({ limit: 1 });
  await store(created.token);
  await dayzero.tokens.revoke(id, { reason: `rotated: replaced by ${created.token_info.id}` });
  return created;
}

async function find(dayzero: DayZero, id: string) {
  for await (const token of dayzero.tokens.list({ limit: 1000 })) if (token.id === id) return token;
  throw new Error(`There is no token ${id}, or it is revoked`);
}

async function revokeByName(dayzero: DayZero, name: string) {
  for await (const token of dayzero.tokens.list({ limit: 1000 })) {
    if (token.name === name) await dayzero.tokens.revoke(token.id, { reason: "its secret was lost" });
  }
}

// rotate-token.ts <id> [days]: prints the new secret, and nothing else, on stdout.
if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [id = "", days = "90"] = process.argv.slice(2);
  await rotateToken(new DayZero(), id, Number(days), (secret) => {
    process.stdout.write(`${secret}\n`);
  });
}
