import { snapshotOf } from "../steering/state-document.ts";
import type { World } from "../world/world.ts";
import { whyUnreadable } from "./read-text.ts";
import { replaceFile } from "./state-file.ts";

/** How long a change may wait for others, in real milliseconds. */
const delayMs = 250;

/** Writes the world's state to a file soon after each change, and once more at the end. */
export class StateKeeper {
  readonly #world: World;
  readonly #path: string;
  readonly #warn: (message: string) => void;
  readonly #stopListening: () => void;
  #timer: NodeJS.Timeout | undefined;
  #writing: Promise<void> = Promise.resolve();
  #written: string | undefined;
  #hasFailed = false;

  /** `warn` is told when the file cannot be written, and when it can be again. */
  constructor(world: World, path: string, warn: (message: string) => void) {
    this.#world = world;
    this.#path = path;
    this.#warn = warn;
    this.#stopListening = world.changes.listen(() => this.#soon());
    this.#soon();
  }

  /** Writes what is not written yet. Resolves to whether the file holds the last state. */
  async close(): Promise<boolean> {
    this.#stopListening();
    clearTimeout(this.#timer);
    await this.#writing;
    await this.#write();
    clearTimeout(this.#timer);
    return !this.#hasFailed;
  }

  /** Changes that come in one after the other share a write. */
  #soon(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.#writing = this.#writing.then(() => this.#write());
    }, delayMs);
  }

  /** Never rejects: a full disk must not take the double down. */
  async #write(): Promise<void> {
    try {
      const text = JSON.stringify(await snapshotOf(this.#world));
      if (text !== this.#written) await replaceFile(this.#path, text);
      this.#written = text;
      if (this.#hasFailed) this.#warn(`The state is written to ${this.#path} again`);
      this.#hasFailed = false;
    } catch (error) {
      if (!this.#hasFailed) {
        this.#warn(`The state could not be written to ${this.#path} (${whyUnreadable(error)}); it is tried again`);
      }
      this.#hasFailed = true;
      this.#soon();
    }
  }
}
