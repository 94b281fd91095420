import { execFile } from "node:child_process";
import { promisify } from "node:util";

const execute = promisify(execFile);

/** Runs a program to its end, and gives what it printed. Rejects with all of it when the program fails. */
export async function run(program: string, args: readonly string[], cwd: string, env: NodeJS.ProcessEnv = {}) {
  try {
    const { stdout, stderr } = await execute(program, args, { cwd, env: { ...cleanEnv(), ...env }, maxBuffer: 1e8 });
    return stdout + stderr;
  } catch (cause) {
    const { stdout = "", stderr = "" } = Object(cause);
    throw new Error(`${program} ${args.join(" ")} failed\n${stdout}${stderr}`, { cause });
  }
}

// What a package manager or vitest has set up for its own child would reach ours.
const cleanEnv = () =>
  Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^(npm_(?!config_registry)|NODE_|VITEST|DAYZERO)/.test(name)),
  );
