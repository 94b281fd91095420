import { expect, test } from "vitest";
import { isLoopback } from "./loopback.ts";

test.each(["localhost", "LocalHost", "127.0.0.1", "127.255.0.9", "::1", "[::1]"])("%s is this machine", (host) => {
  expect(isLoopback(host)).toBe(true);
});

test.each(["127.0.0.1.example.com", "127.example.com", "127.0.0.999", "0.0.0.0", "::", "example.com", ""])(
  "%s is not this machine alone, though a name that begins with 127. once passed for it",
  (host) => {
    expect(isLoopback(host)).toBe(false);
  },
);
