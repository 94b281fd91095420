import { join } from "node:path";

/** `packages/client` */
export const home = join(import.meta.dirname, "..");
const cache = join(home, ".cache");

/** Where the tarball is unpacked, to be looked at. */
export const packed = join(cache, "packed");
/** A project that has installed the tarball, and nothing else but Node's types. */
export const consumer = join(cache, "consumer");
/** Compilers, bundlers and linters, which are no part of the workspace. */
export const tools = join(cache, "tools");
/** Other runtimes. */
export const runtimes = join(cache, "runtimes");

export const tarball = join(packed, "client.tgz");
