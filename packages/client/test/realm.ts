import { join } from "node:path";
import { createContext, runInContext } from "node:vm";
import { build } from "esbuild";
import type * as client from "../src/index.ts";

/** Whichever build the tests run on: see check/vitest.packed.config.ts. */
const entry = process.env["CLIENT_BUILD"] ?? join(import.meta.dirname, "../src/index.ts");

const platform = {
  AbortController,
  AbortSignal,
  Headers,
  Response,
  TextDecoder,
  URL,
  URLSearchParams,
  btoa,
  clearTimeout,
  performance,
  setTimeout,
};

/** The client as it is in a realm of its own, whose globals are the platform's and these: a browser's, say. */
export async function realmOf(globals: object): Promise<typeof client> {
  const { outputFiles } = await build({ entryPoints: [entry], bundle: true, format: "cjs", write: false });
  const context = createContext({ ...platform });
  Object.defineProperties(context, Object.getOwnPropertyDescriptors(globals));
  const code = outputFiles.map(({ text }) => text).join("");
  return runInContext(`const module = { exports: {} }, exports = module.exports;\n${code}\nmodule.exports`, context);
}
