import { expect, test } from "vitest";
import { env, isBrowser } from "./environment.ts";

test.each([
  ["a page", { navigator: { userAgent: "Mozilla/5.0 (X11)" } }, true],
  ["a page with a process of a bundler", { process: { env: {} }, navigator: { userAgent: "Mozilla/5.0" } }, true],
  [
    "Node with a simulated DOM",
    { process: { versions: { node: "22.0.0" } }, navigator: { userAgent: "Mozilla/5.0" } },
    false,
  ],
  ["Node", { process: { versions: { node: "22.0.0" } }, navigator: { userAgent: "Node.js/22" } }, false],
  ["Deno without Node's globals", { navigator: { userAgent: "Deno/2.9.6" } }, false],
  ["a worker at the edge", { navigator: { userAgent: "Cloudflare-Workers" } }, false],
  ["a crawler that is like a browser in part", { navigator: { userAgent: "robot (like Mozilla/5.0)" } }, false],
  ["a runtime without a navigator", {}, false],
  ["a navigator without a name", { navigator: {} }, false],
])("%s is a browser: %s", (_, surroundings, expected) => {
  expect(isBrowser(surroundings)).toBe(expected);
});

test.each([
  ["is set", { process: { env: { NAME: "value" } } }, "value"],
  ["is empty", { process: { env: { NAME: "" } } }, undefined],
  ["is not set", { process: { env: {} } }, undefined],
  ["can't be, for want of an environment", { process: {} }, undefined],
  ["can't be, for want of a process", {}, undefined],
])("a variable that %s", (_, surroundings, expected) => {
  expect(env("NAME", surroundings)).toBe(expected);
});
