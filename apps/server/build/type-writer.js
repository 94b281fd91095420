import ts from "typescript";

/** Writes types as TypeScript. */
export class TypeWriter {
  /** The types that hold themselves, by their names, as they were met. @type {Map<string, ts.Type>} */
  recursive = new Map();
  #checker;
  #names;

  /** @param {ts.TypeChecker} checker @param {ReadonlyMap<string, string>} [names] of types, by how they are spelt */
  constructor(checker, names = new Map()) {
    this.#checker = checker;
    this.#names = names;
  }

  /** The type spelt out; its parts go by their names. @param {ts.Type} type @returns {string} */
  spell(type) {
    return this.#spellUnion(partsOf(type));
  }

  /** The comment at a symbol's declaration. @param {ts.Symbol} symbol */
  comment(symbol) {
    const text = ts.displayPartsToString(symbol.getDocumentationComment(this.#checker));
    return text === "" ? "" : `/** ${text.replaceAll("\n", " ")} */\n`;
  }

  /** The type by its name, with what a named type may be beside: undefined, or null. @param {ts.Type} type @returns {string} */
  #write(type) {
    const alias = type.aliasSymbol?.name;
    if (alias !== undefined && this.#holdsItself(type)) {
      this.recursive.set(alias, type);
      return alias;
    }
    const plain = new TypeWriter(this.#checker);
    for (const beside of [0, ts.TypeFlags.Undefined, ts.TypeFlags.Undefined | ts.TypeFlags.Null]) {
      const named = partsOf(type).filter(({ flags }) => !(flags & beside));
      const name = this.#names.get(plain.#spellUnion(named));
      if (name !== undefined)
        return this.#join([
          name,
          ...partsOf(type)
            .filter(({ flags }) => flags & beside)
            .map((part) => this.#part(part)),
        ]);
    }
    return this.spell(type);
  }

  /** @param {readonly ts.Type[]} parts */
  #spellUnion(parts) {
    return this.#join(parts.map((part) => this.#part(part)));
  }

  /** To the checker `boolean` is a union of its values. @param {string[]} written */
  #join(written) {
    const last = ["null", "undefined"].filter((text) => written.includes(text));
    const boolean = written.includes("true") && written.includes("false") ? ["true", "false"] : [];
    const first = written.filter((text) => ![...last, ...boolean].includes(text));
    return [...first, ...(boolean.length > 0 ? ["boolean"] : []), ...last].join(" | ");
  }

  /** @param {ts.Type} type @returns {string} */
  #part(type) {
    const [element] = this.#elementsOf(type);
    if (element !== undefined) return `(${this.#write(element)})[]`;
    if (type.flags & ts.TypeFlags.Object) return this.#object(type);
    return this.#checker.typeToString(type);
  }

  /** @param {ts.Type} type */
  #object(type) {
    const indexed = this.#checker
      .getIndexInfosOfType(type)
      .map(({ keyType, type }) => `[key: ${this.#checker.typeToString(keyType)}]: ${this.#write(type)};`);
    const properties = this.#checker.getPropertiesOfType(type).map((property) => {
      const optional = property.flags & ts.SymbolFlags.Optional ? "?" : "";
      return `${this.comment(property)}${property.name}${optional}: ${this.#write(this.#checker.getTypeOfSymbol(property))};`;
    });
    return `{\n${[...indexed, ...properties].join("\n")}\n}`;
  }

  /** @param {ts.Type} type */
  #holdsItself(type) {
    return partsOf(type).some((part) => this.#elementsOf(part).includes(type));
  }

  /** @param {ts.Type} type */
  #elementsOf(type) {
    return this.#checker.isArrayType(type)
      ? this.#checker.getTypeArguments(/** @type {ts.TypeReference} */ (type))
      : [];
  }
}

/** @param {ts.Type} type */
const partsOf = (type) => (type.isUnion() ? type.types : [type]);
