const patterns = [
  ["secret", /dz_[\w.-]{12,}/],
  ["id", /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/i],
  ["time", /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)/],
] as const;

const everything = new RegExp(patterns.map(([kind, { source }]) => `(?<${kind}>${source})`).join("|"), "gi");

/**
 * Puts `<id:1>`, `<time:1>` and `<secret:1>` in the place of what differs from run to run. The same value gets the same
 * number wherever it stands, so that what was equal still is.
 */
export class Normaliser {
  readonly #secrets: readonly string[];
  readonly #numbers = new Map<string, string>();
  readonly #counts = new Map<string, number>();

  /** `secrets` are secrets whatever they look like. */
  constructor(secrets: readonly string[]) {
    this.#secrets = secrets.filter((secret) => secret.length > 0);
  }

  text(text: string): string {
    const known = this.#secrets.reduce((rest, secret) => rest.replaceAll(secret, this.#name("secret", secret)), text);
    return known.replace(everything, (value, ...rest) => {
      const groups: Readonly<Record<string, string | undefined>> = Object(rest.at(-1));
      return this.#name(Object.keys(groups).find((kind) => groups[kind] !== undefined) ?? "id", value);
    });
  }

  #name(kind: string, value: string): string {
    const key = `${kind} ${kind === "id" ? value.toLowerCase() : value}`;
    const known = this.#numbers.get(key);
    if (known !== undefined) return known;
    const count = (this.#counts.get(kind) ?? 0) + 1;
    this.#counts.set(kind, count);
    this.#numbers.set(key, `<${kind}:${count}>`);
    return `<${kind}:${count}>`;
  }
}
