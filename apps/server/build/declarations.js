import { mkdir, rm, writeFile } from "node:fs/promises";
import { dirname, join, relative, resolve } from "node:path";
import { build } from "tsdown";
import ts from "typescript";
import { flatTypes } from "./flat-types.js";

const workspace = resolve("../..");
const folder = resolve(".cache/declarations");
const control = join(folder, "control.d.ts");
const client = join(folder, "packages/client/src/index.d.ts");

/** Declares the entries of `src`, so that whoever reads the declarations needs none of what the code stands on. */
export async function bundleDeclarations(/** @type {readonly string[]} */ entries) {
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  const options = compilerOptions();
  emit(
    entries.map((name) => resolve(`src/${name}.ts`)),
    options,
  );
  await writeFile(control, flatTypes(join(workspace, "packages/contract/src/control.ts"), options));
  await build({
    config: false,
    entry: Object.fromEntries(entries.map((name) => [name, join(folder, `apps/server/src/${name}.d.ts`)])),
    outDir: "dist",
    clean: false,
    format: "esm",
    platform: "node",
    fixedExtension: false,
    tsconfig: false,
    dts: { emitDtsOnly: true, dtsInput: true, tsconfig: false },
    deps: { neverBundle: ["vitest"] },
    inputOptions: { resolve: { extensionAlias: { ".js": [".d.ts"] } }, checks: { pluginTimings: false } },
    logLevel: "warn",
  });
}

/** Declares each file by itself. @param {readonly string[]} entries @param {ts.CompilerOptions} options */
function emit(entries, options) {
  const declaring = {
    noEmit: false,
    declaration: true,
    emitDeclarationOnly: true,
    stripInternal: true,
    outDir: folder,
    rootDir: workspace,
  };
  const program = ts.createProgram([...entries, join(workspace, "packages/client/src/index.ts")], {
    ...options,
    ...declaring,
  });
  for (const file of program.getSourceFiles()) {
    if (/[/]packages[/]client[/]src[/]|[/]apps[/]server[/]src[/]/.test(file.fileName))
      program.emit(file, writeDeclaration, undefined, true);
  }
}

/**
 * Declarations import sources by their names; the bundler looks for declarations behind the names of built files. What
 * comes from the workspace is written beside them, and must not be taken from where a package was built.
 */
function writeDeclaration(/** @type {string} */ path, /** @type {string} */ text) {
  const beside = (/** @type {string} */ file) => `./${relative(dirname(path), file).replace(/\.d\.ts$/, ".js")}`;
  const withNames = text
    .replace(/(["'])(\.[^"']*)\.ts\1/g, "$1$2.js$1")
    .replaceAll('"@dayzero-tokens/contract/control"', JSON.stringify(beside(control)))
    .replaceAll('"@dayzero-tokens/client"', JSON.stringify(beside(client)));
  ts.sys.writeFile(path, withNames);
}

function compilerOptions() {
  const { config } = ts.readConfigFile("tsconfig.json", ts.sys.readFile);
  return ts.parseJsonConfigFileContent(config, ts.sys, process.cwd()).options;
}
