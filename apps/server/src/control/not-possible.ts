/** A control request that is well-formed and still cannot be done; the message says why and what to do. */
export class NotPossible extends Error {}

/** {@link NotPossible}, because something of the kind is there already. */
export class Conflict extends NotPossible {}
