import { spawnSync } from "node:child_process";

/** Whether this machine has a command that the product does without and a test does not. */
export const isHere = (command: string): boolean => spawnSync(command, ["--version"]).status === 0;

/** For the name of a test that is skipped without the command. */
export const missing = (command: string): string =>
  isHere(command) ? "" : ` (skipped: there is no ${command} on this machine)`;
