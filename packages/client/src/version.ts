// Replaced by the build.
declare const __VERSION__: string | undefined;

/** The version of this package. */
export const VERSION: string = typeof __VERSION__ === "string" ? __VERSION__ : "source";
