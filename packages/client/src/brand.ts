/** The classes that have introduced themselves, and their brands. */
export const brands = new Map<unknown, symbol>();

/** A symbol that every copy of this package has, in every realm. */
export const brandOf = (code: string): symbol => Symbol.for(`@dayzero-tokens/client:${code}`);

export const isBranded = (value: unknown, brand: symbol): boolean => Object(value)[brand] === true;

/**
 * Gives an error class its code, its name, and the brand by which copies of this package know each other's errors. All
 * are on the prototype and made from the code, so that neither minifiers nor copies of the package change them.
 */
export function identify(errorClass: { readonly prototype: Error }, code: string): void {
  const brand = brandOf(code);
  const words = code.replace(/(?:^|_)(.)/g, (_, first) => first.toUpperCase());
  brands.set(errorClass, brand);
  Object.assign(errorClass.prototype, { name: `${words}Error`, code, [brand]: true });
}
