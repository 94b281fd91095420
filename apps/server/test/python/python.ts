import { spawn, spawnSync } from "node:child_process";
import { createInterface } from "node:readline";

/** What is made of a body: a value, as FastAPI would write it, or why there is none. */
export type Verdict =
  | { readonly kind: "value"; readonly text: string }
  /** Read, but not to be written: NaN, an infinity or a lone surrogate is in it. */
  | { readonly kind: "unwritable" }
  | { readonly kind: "error"; readonly message: string; readonly position: number }
  | { readonly kind: "undecodable" }
  /** Too many digits, or nested too deeply. */
  | { readonly kind: "beyond" };

/** Reads a length and as many bytes, answers with a line of JSON, and so on. */
const script = `
import json, sys

def verdict(body):
    try:
        value = json.loads(body)
    except json.JSONDecodeError as error:
        return {"kind": "error", "message": error.msg, "position": error.pos}
    except UnicodeDecodeError:
        return {"kind": "undecodable"}
    except (ValueError, RecursionError):
        return {"kind": "beyond"}
    try:
        text = json.dumps(value, separators=(",", ":"), ensure_ascii=False, allow_nan=False)
        text.encode("utf-8")
        return {"kind": "value", "text": text}
    except ValueError:
        return {"kind": "unwritable"}

while head := sys.stdin.buffer.read(4):
    body = sys.stdin.buffer.read(int.from_bytes(head, "big"))
    print(json.dumps(verdict(body)), flush=True)
`;

/** The version of this machine's python3, such as 3.11; undefined where there is none. */
export function pythonVersion(): string | undefined {
  const { status, stdout } = spawnSync("python3", ["-c", "import sys; print('%d.%d' % sys.version_info[:2])"]);
  return status === 0 ? stdout.toString().trim() : undefined;
}

/** One python3 process that reads JSON for as long as it is needed. */
export function startPython() {
  const python = spawn("python3", ["-c", script], { stdio: ["pipe", "pipe", "inherit"] });
  const lines = createInterface(python.stdout)[Symbol.asyncIterator]();
  return {
    async judge(body: Uint8Array): Promise<Verdict> {
      const length = Buffer.alloc(4);
      length.writeUInt32BE(body.length);
      python.stdin.write(Buffer.concat([length, body]));
      const { value, done } = await lines.next();
      if (done) throw new Error("python3 ended before it answered");
      return JSON.parse(value);
    },
    [Symbol.dispose]: () => void python.stdin.end(),
  };
}
