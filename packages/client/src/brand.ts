import { isRecord } from "./is-record.ts";

/** The classes that have introduced themselves, and their brands. */
export const brands = new Map<unknown, symbol>();

/** A symbol that every copy of this package has, in every realm. */
export const brandOf = (code: string): symbol => Symbol.for(`@dayzero-tokens/client:${code}`);

export function isBranded(value: unknown, brand: symbol): boolean {
  try {
    return isRecord(value) && value[brand] === true;
  } catch {
    // A revoked proxy, say: whoever asks is handling an error already.
    return false;
  }
}

/**
 * Gives an error class its name, its code, and the brand by which copies of this package know each other's errors. All
 * are on the prototype, so that neither minifiers nor copies of the package change them.
 */
export function identify(errorClass: { readonly prototype: Error }, name: string, code: string): void {
  const brand = brandOf(code);
  brands.set(errorClass, brand);
  Object.assign(errorClass.prototype, { name, code, [brand]: true });
}
