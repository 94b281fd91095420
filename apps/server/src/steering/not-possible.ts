import { maskText } from "../world/mask.ts";

/** A control request that cannot be done, well-formed or not; the message says why and what to do, secrets masked. */
export class NotPossible extends RangeError {
  constructor(message: string, options?: ErrorOptions) {
    super(maskText(message), options);
  }
}

/** {@link NotPossible}, because something of the kind is there already. */
export class Conflict extends NotPossible {}
