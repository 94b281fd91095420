/** A credential: `dz_` and a JWT. Anything else could not be sent, or is not meant to be. */
export const isApiToken = (text: string): boolean => /^dz_[\w.-]+$/.test(text);

/** The text with every credential in it masked. */
export const scrub = (text: string): string => text.replace(/dz_[\w.-]+/g, "dz_***");

/** The headers as a hook or a log may see them. */
export const maskHeaders = (headers: Record<string, string>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name,
      /auth|cookie|key|secret|token/.test(name) ? "***" : scrub(value),
    ]),
  );

/** An error as it is, unless a credential may be seen in it: then only what it says, without it. */
export const withoutSecrets = (cause: unknown): unknown =>
  mayReveal(cause, 5) ? new Error(scrub(String(cause))) : cause;

function mayReveal(value: unknown, depth: number): boolean {
  const object = Object(value);
  if (object !== value) return scrub(String(value)) !== String(value);
  // What hides its content, as Headers and Request do, may still show it when inspected.
  const isOpen = object instanceof Error || Array.isArray(object) || Object.getPrototypeOf(object) === Object.prototype;
  return !depth || !isOpen || Reflect.ownKeys(object).some((key) => mayReveal(object[key], depth - 1));
}
