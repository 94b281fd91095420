/** The variable, where there are any and the runtime lets us read them. */
export function env(name: string): string | undefined {
  try {
    return globalThis.process.env[name] || undefined;
  } catch {
    return undefined;
  }
}

/** Pages and their workers. Node with a simulated DOM is none, nor are Bun, Deno and edge runtimes. */
export function isBrowser(): boolean {
  const { process, navigator } = globalThis as { process?: NodeJS.Process; navigator?: { userAgent?: string } };
  return !process?.versions?.node && /^Mozilla/.test(navigator?.userAgent ?? "");
}
