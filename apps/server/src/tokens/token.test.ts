import fc from "fast-check";
import { expect, test } from "vitest";
import { anyToken, start, tokenWith } from "../state/any-token.ts";
import { isActive, isExpired, revokeToken, touchToken } from "./token.ts";

const revocation = { at: start + 5, by: "first@example.com", reason: "lost" };

test.each([
  ["a millisecond before its expiry", tokenWith({ expiresAt: start + 2 }), start + 1, { expired: false, active: true }],
  [
    "at the very instant of its expiry",
    tokenWith({ expiresAt: start + 2 }),
    start + 2,
    { expired: true, active: false },
  ],
  ["long after its expiry", tokenWith({ expiresAt: start + 2 }), start + 2_000, { expired: true, active: false }],
  ["that never expires", tokenWith({ expiresAt: null }), Number.MAX_SAFE_INTEGER, { expired: false, active: true }],
  ["that is revoked", tokenWith({ revocation }), start, { expired: false, active: false }],
  ["that is revoked and expired", tokenWith({ revocation, expiresAt: start }), start, { expired: true, active: false }],
])("a token %s", (_, token, at, expected) => {
  expect({ expired: isExpired(token, at), active: isActive(token, at) }).toEqual(expected);
});

test("revoking notes when, by whom and why, and nothing else", () => {
  expect(revokeToken(tokenWith(), revocation)).toEqual(tokenWith({ revocation }));
});

test("a revocation is final: a second one changes nothing", () => {
  const revoked = revokeToken(tokenWith(), revocation);

  expect(revokeToken(revoked, { at: start + 6, by: "second@example.com", reason: null })).toBe(revoked);
});

test("a token that is used remembers when, and nothing else", () => {
  expect(touchToken(tokenWith(), start + 7)).toEqual(tokenWith({ lastUsedAt: start + 7 }));
});

test("a token used twice in one instant does not change the second time", () => {
  const touched = touchToken(tokenWith(), start);

  expect(touchToken(touched, start)).toBe(touched);
});

test("a token that is no longer active never is again", () => {
  fc.assert(
    fc.property(anyToken, fc.nat(), fc.nat(), (make, a, b) => {
      const token = make("token-1");
      const [earlier, later] = [start + Math.min(a, b), start + Math.max(a, b)];
      if (!isActive(token, earlier)) expect(isActive(token, later)).toBe(false);
    }),
  );
});
