import { spawnSync } from "node:child_process";
import fc from "fast-check";
import { expect, test } from "vitest";
import { formatInstant } from "../src/tokens/instant.ts";
import { pythonVersion } from "./python/python.ts";

const version = pythonVersion();
const without = version === undefined ? " (skipped: there is no python3 on this machine)" : "";

/** Pydantic renders an aware datetime in UTC as `isoformat` does, but for the `Z`. */
const script = `
import sys
from datetime import datetime, timedelta, timezone

for line in sys.stdin:
    at = datetime(1970, 1, 1, tzinfo=timezone.utc) + timedelta(milliseconds=int(line))
    print(at.isoformat().replace("+00:00", "Z"))
`;

test.skipIf(version === undefined)(
  `2000 moments are written as Python writes them${without}`,
  { timeout: 60_000 },
  () => {
    const seconds = fc.integer({ min: Date.parse("0001-01-01T00:00:00Z") / 1000, max: 253_402_300_799 });
    const fraction = fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 999 }));
    const moments = fc.sample(
      fc.tuple(seconds, fraction).map(([whole, ms]) => whole * 1000 + ms),
      2000,
    );

    const { stdout } = spawnSync("python3", ["-c", script], { input: moments.join("\n") });

    expect(moments.map(formatInstant)).toEqual(stdout.toString().trim().split(/\r?\n/));
  },
);
