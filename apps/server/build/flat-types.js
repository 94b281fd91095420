import ts from "typescript";
import { TypeWriter } from "./type-writer.js";

/**
 * The types that a module exports, as declarations that need nothing else: what was inferred is written out, property
 * by property, with the comments of the properties. A part that reads like an exported type goes by that type's name.
 * @param {string} entry @param {ts.CompilerOptions} options @returns {string}
 */
export function flatTypes(entry, options) {
  const program = ts.createProgram([entry], options);
  const checker = program.getTypeChecker();
  const source = program.getSourceFile(entry);
  const module = source && checker.getSymbolAtLocation(source);
  if (module === undefined) throw new Error(`${entry} is no module`);

  const plain = new TypeWriter(checker);
  const exported = checker.getExportsOfModule(module).flatMap((each) => {
    const symbol = each.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(each) : each;
    if (!(symbol.flags & ts.SymbolFlags.TypeAlias)) return [];
    return { name: each.name, type: checker.getDeclaredTypeOfSymbol(symbol), comment: plain.comment(symbol) };
  });
  const names = new Map(exported.map(({ name, type }) => [plain.spell(type), name]));
  // What was met on the way and holds itself can only be written by a name.
  const recursive = [...plain.recursive].map(([name, type]) => ({ name, type, comment: "" }));
  for (const { name, type } of recursive) names.set(plain.spell(type), name);

  const writer = new TypeWriter(checker, names);
  return [...exported, ...recursive]
    .map(({ name, type, comment }) => `${comment}export type ${name} = ${writer.spell(type)};\n`)
    .join("");
}
