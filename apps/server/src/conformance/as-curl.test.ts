import { execFileSync } from "node:child_process";
import { expect, test } from "vitest";
import { asCurl } from "./as-curl.ts";
import { httpCarrier } from "./http-carrier.ts";
import { tampered } from "./target.ts";

const token = "dz_eyJhbGciOiJIUzI1NiJ9.eyJqdGkiOiIxIn0.c2lnbmF0dXJl";
const target = {
  url: "https://api.example.com",
  token,
  businessId: "b",
  controlToken: "hunter2",
  carrier: httpCarrier,
};
const url = "https://api.example.com/api/v1/tokens";
const post = { method: "POST", url, headers: [] };

test("a GET needs no method, a POST has one", () => {
  expect(asCurl({ method: "GET", url, headers: [], requestBody: undefined }, target)).toBe(`curl -i '${url}'`);
  expect(asCurl({ ...post, requestBody: undefined }, target)).toBe(`curl -i -X POST '${url}'`);
});

test.each([
  ["the target's token", `Bearer ${token}`, `"authorization: Bearer $DAYZERO_API_TOKEN"`],
  ["the control token", "Bearer hunter2", `"authorization: Bearer $DAYZERO_DOUBLE_CONTROL_TOKEN"`],
  ["the target's token in a case of its own", `bEARER   ${token}`, "'authorization: bEARER   dz_***'"],
  ["the target's token and more", `Bearer ${token} x`, "'authorization: Bearer dz_*** x'"],
  ["somebody else's token", "Bearer dz_eyJhbGciOi.eyJqdGki.c2ln", "'authorization: Bearer dz_***'"],
  ["what is no token", "Basic ZHo6eA==", "'authorization: Basic ZHo6eA=='"],
])("%s is no secret's value in a command", (_, value, expected) => {
  const headers = [["authorization", value]] as const;

  expect(asCurl({ method: "GET", url, headers, requestBody: undefined }, target)).toBe(
    `curl -i '${url}' -H ${expected}`,
  );
});

test("a token that is no JWS was shown, turned round, where its tampered twin was sent: it is masked", () => {
  const opaque = "an-opaque-secret";
  const headers = [["authorization", `Bearer ${tampered(opaque)}`]] as const;

  expect(asCurl({ method: "GET", url, headers, requestBody: undefined }, { ...target, token: opaque })).toBe(
    `curl -i '${url}' -H 'authorization: Bearer dz_***'`,
  );
});

test("a secret that a target put into an address or a body was shown there: it is masked", () => {
  const requestBody = Buffer.from(`{"name":"${token}"}`);

  expect(asCurl({ ...post, url: `${url}/${token}/revoke`, requestBody }, target)).toBe(
    `curl -i -X POST '${url}/dz_***/revoke' --data-binary '{"name":"dz_***"}'`,
  );
});

test("a target without a token masks nothing but what looks like one", () => {
  const requestBody = Buffer.from("abc");

  expect(asCurl({ ...post, requestBody }, { ...target, token: "" })).toBe(
    `curl -i -X POST '${url}' --data-binary 'abc'`,
  );
});

test.each(["it's", "''", "$HOME `id` $(id)", "a\\b", 'a"b', "!x", "two\nlines", "a;b|c&d"])(
  "a shell gives back %j as it was",
  (text) => {
    expect(argumentsOf(asCurl({ ...post, requestBody: Buffer.from(text) }, target))).toEqual([
      "-i",
      "-X",
      "POST",
      url,
      "--data-binary",
      text,
    ]);
  },
);

test.each([[[0xff, 0xfe, 0x7b, 0x00]], [[0x00]], [[0x27, 0x25, 0x5c, 0x80]]])(
  "bytes that are no text, such as %j, reach curl by its stdin",
  (bytes) => {
    const command = asCurl({ ...post, requestBody: Uint8Array.from(bytes) }, target);

    expect(command).toMatch(/^printf '(\\\d{3})+' \| curl -i /);
    const cat = command.replace(/\| curl .*$/, "| cat");
    expect([...execFileSync("sh", ["-c", cat])]).toEqual(bytes);
  },
);

test("a body of many bytes is told by its length", () => {
  expect(asCurl({ ...post, requestBody: Buffer.alloc(2001, "x") }, target)).toBe(
    `curl -i -X POST '${url}' --data-binary '… 2001 bytes …'`,
  );
});

/** What curl would be given by a shell. */
const argumentsOf = (command: string): string[] =>
  execFileSync("sh", ["-c", `curl() { printf '%s\\0' "$@"; }\n${command}`])
    .toString()
    .split("\0")
    .slice(0, -1);
