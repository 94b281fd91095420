import type { Response } from "express";
import type { World } from "./world.ts";

/** Lets go of whatever keeps the response waiting once the double stops: at once where it is stopping already. */
export function whenStopping({ stopping }: Pick<World, "stopping">, res: Response, letGo: () => void): void {
  if (stopping.aborted) return letGo();
  stopping.addEventListener("abort", letGo, { once: true });
  res.once("close", () => stopping.removeEventListener("abort", letGo));
}
