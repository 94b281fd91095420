import { afterEach, expect, test, vi } from "vitest";
import { ConfigError, DayZero } from "../src/index.ts";
import { businessId, token } from "./raw-server.ts";

afterEach(() => {
  vi.unstubAllEnvs();
});

test.each([
  ["https://api.example/?x=1", "has a query"],
  ["https://api.example/?", "has a query"],
  ["https://api.example/#x", "has a fragment"],
  ["https://user:password@api.example", "has a user or a password"],
  ["https://user@api.example", "has a user or a password"],
  ["https://:password@api.example", "has a user or a password"],
  ["http://api.example", "is plain http to another machine: see allowInsecureHttp"],
  ["http://localhost.example", "is plain http to another machine: see allowInsecureHttp"],
  ["http://xlocalhost", "is plain http to another machine: see allowInsecureHttp"],
  ["ftp://localhost", "has to start with https://"],
  ["localhost:3000", "has to start with https://"],
  ["api.example", "is not a URL"],
  ["", "is not a URL"],
])("of the base URL %j it is said what is wrong with it", (baseUrl, problem) => {
  expect(() => new DayZero({ apiToken: token, baseUrl })).toThrow(new ConfigError(`baseUrl ${problem}`));
  if (baseUrl === "") return;
  vi.stubEnv("DAYZERO_BASE_URL", baseUrl);
  expect(() => new DayZero({ apiToken: token })).toThrow(new ConfigError(`DAYZERO_BASE_URL ${problem}`));
});

const circular: { self?: unknown } = {};
circular.self = circular;

test.each([
  ["a name that is a number", { name: 12 }, "name must be a string, not a number"],
  ["no name", {}, "name must be a string, not undefined"],
  ["nothing", undefined, "name must be a string, not undefined"],
  ["a name that is null", { name: null }, "name must be a string, not null"],
  ["a name that is a list", { name: [] }, "name must be a string, not an object"],
  ["a name that is an object", { name: {} }, "name must be a string, not an object"],
  ["a number too large for JSON", { name: "ci", expires_in_days: 1n }, /^tokens\.create can't be sent: .*BigInt/],
  ["what leads back to itself", { name: "ci", circular }, /^tokens\.create can't be sent: .*circular/],
])("of a create from %s it is said what is wrong with it, and nothing is sent", async (_, body, message) => {
  const fetch = vi.fn();
  const error = await new DayZero({ apiToken: token, businessId, fetch }).tokens.create(body as never).catch((e) => e);
  expect(error).toMatchObject({ code: "config", attempts: 0, outcome: "not_sent" });
  expect(error.message).toMatch(message);
  expect(fetch).not.toHaveBeenCalled();
});

test.each([
  [undefined, "id must be a string, not undefined"],
  [12, "id must be a string, not a number"],
  [true, "id must be a string, not a boolean"],
  ["", "id is empty"],
  [".", "id can't be dots alone"],
  ["..", "id can't be dots alone"],
  ["\ud800", "tokens.revoke can't be sent: URI malformed"],
])("of the id %j it is said what is wrong with it", async (id, message) => {
  const error = await new DayZero({ apiToken: token, businessId }).tokens.revoke(id as string).catch((e) => e);
  expect(error).toMatchObject({ name: "ConfigError", message, attempts: 0 });
});

test.each([
  ["timeout", -1, "timeout has to be 0 or more, not -1"],
  ["totalTimeout", Number.NaN, "totalTimeout has to be 0 or more, not NaN"],
  ["maxRetries", token, "maxRetries must be a number, not a string"],
])("of %s as %j it is said what is wrong with it", async (name, value, message) => {
  const call = new DayZero({ apiToken: token, businessId }).tokens.list({}, { [name]: value });
  await expect(call).rejects.toMatchObject({ code: "config", message });
});

test.each([
  ["options that are null", null],
  ["a signal that is none", { signal: {} }],
  ["headers that are none", { headers: [1] }],
])("%s are an error of the configuration, and nothing is sent", async (_, options) => {
  const fetch = vi.fn();
  const error = await new DayZero({ apiToken: token, businessId, fetch }).tokens
    .list({}, options as never)
    .catch((e) => e);
  expect(error).toMatchObject({ code: "config", attempts: 0, outcome: "not_sent" });
  expect(error.message).toContain("tokens.list can't be sent: ");
  expect(error.cause).toBeInstanceOf(Error);
  expect(fetch).not.toHaveBeenCalled();
});

test("an argument that throws may not show a secret", async () => {
  const body = {
    name: "ci",
    get description(): string {
      throw new Error(`no ${token}`);
    },
  };
  const error = await new DayZero({ apiToken: token, businessId }).tokens.create(body).catch((e) => e);
  expect(error).toMatchObject({ code: "config", message: "tokens.create can't be sent: no dz_***" });
  expect(String(error.cause)).not.toMatch(/eyJ/);
});
