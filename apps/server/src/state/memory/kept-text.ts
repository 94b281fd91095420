/**
 * A text as bytes outside of the heap: what it costs is known, and it holds on to nothing that it was cut from. A
 * journal's texts come and go with every request: on the heap the collector copies each of them several times before it
 * is dropped, and places that are not used again it has to count; either was a tenth of a list's time and more.
 */
export class KeptText {
  #bytes = Buffer.alloc(0);
  #length = 0;

  /** The bytes that it takes. */
  get size(): number {
    return this.#bytes.length;
  }

  /** Puts the text in the place of what was kept before. */
  keep(text: string): void {
    const length = Buffer.byteLength(text);
    if (length > this.#bytes.length || length < this.#bytes.length / 4) this.#bytes = Buffer.allocUnsafeSlow(length);
    this.#length = this.#bytes.write(text);
  }

  toString(): string {
    return this.#bytes.toString("utf8", 0, this.#length);
  }
}
