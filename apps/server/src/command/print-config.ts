import { masked } from "../world/mask.ts";
import type { Resolved } from "./settings.ts";
import { kebab, startOptionList } from "./start-options.ts";

/** Each setting, its value and where it came from; secrets masked. */
export function printedConfig({ settings, origins }: Resolved): string {
  const rows = startOptionList.flatMap(([name, { isSecret, only }]) => {
    if (only?.length === 1) return [];
    const value = settings[name];
    const shown = isSecret && value !== undefined ? "***" : (value ?? null);
    return [masked({ key: kebab(name), value: shown, from: origins[name] })];
  });
  if (settings.json) {
    const config = Object.fromEntries(rows.map(({ key, value, from }) => [key, { value, from }]));
    return `${JSON.stringify({ event: "config", config })}\n`;
  }
  const lines = rows.map(({ key, value, from }) => [key, wordFor(value), from] as const);
  const width = (column: 0 | 1) => Math.max(...lines.map((line) => line[column].length));
  return lines.map(([key, value, from]) => `${key.padEnd(width(0))}  ${value.padEnd(width(1))}  ${from}\n`).join("");
}

function wordFor(value: unknown): string {
  if (Array.isArray(value)) return value.join(",") || "-";
  return value === null ? "-" : String(value);
}
