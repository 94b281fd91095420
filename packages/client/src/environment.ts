/** What this package asks its surroundings for. */
export interface Surroundings {
  readonly process?: {
    readonly env?: Readonly<Record<string, string | undefined>>;
    readonly versions?: { readonly node?: string };
  };
  readonly navigator?: { readonly userAgent?: string };
}

const here = (): Surroundings => globalThis as Surroundings;

/** The variable, where there are any and the runtime lets us read them. */
export function env(name: string, { process }: Surroundings = here()): string | undefined {
  try {
    return process?.env?.[name] || undefined;
  } catch {
    return undefined;
  }
}

/** Pages and their workers. Node with a simulated DOM is none, nor are Bun, Deno and edge runtimes. */
export function isBrowser({ process, navigator }: Surroundings = here()): boolean {
  return !process?.versions?.node && (navigator?.userAgent ?? "").startsWith("Mozilla");
}
