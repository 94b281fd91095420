import { expect, test } from "vitest";
import { compareWithPython } from "./python/compare.ts";
import { pythonVersion } from "./python/python.ts";

const version = pythonVersion();
const without = version === undefined ? " (skipped: there is no python3 on this machine)" : "";

test.skipIf(version === undefined)(
  `2000 generated bodies are read as Python reads them: value, message and position${without}`,
  { timeout: 60_000 },
  async () => {
    expect(await compareWithPython(2_000, 1)).toBeUndefined();
  },
);
