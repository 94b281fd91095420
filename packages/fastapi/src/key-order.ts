const keyOrder = Symbol("key order");

/** JavaScript moves keys like `"1"` to the front; Python does not. Notes the order where the two differ. */
export function rememberKeyOrder<T extends object>(object: T, keys: readonly string[]): T {
  const moved = Object.keys(object).some((key, at) => key !== keys[at]);
  return moved ? Object.defineProperty(object, keyOrder, { value: keys }) : object;
}

/** The keys of an object in the order in which they were written. */
export function keysOf(object: object): readonly string[] {
  return (keyOrder in object ? (object[keyOrder] as readonly string[]) : undefined) ?? Object.keys(object);
}
