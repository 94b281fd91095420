import { expect, test } from "vitest";
import { runCommand, startCommand, testFolder } from "./command.ts";

const business = "01941f29-7c00-7000-8000-0000000000b1";
const secret = "dz_pinned.by-the_seed";

const seed = {
  users: [{ email: "ann@example.com" }],
  businesses: [{ id: business, members: [{ user: "ann@example.com", permissions: ["read"] }] }],
  tokens: [
    { user: "ann@example.com", business, name: "ci", secret, created_at: "2026-01-01T00:00:00Z", expires_at: null },
  ],
};

const yaml = `\
# yaml-language-server: $schema=seed.schema.json
users:
  - email: ann@example.com
businesses:
  - id: ${business}
    members: [{ user: ann@example.com, permissions: [read] }]
tokens:
  - user: ann@example.com
    business: ${business}
    name: ci
    secret: ${secret}
    created_at: 2026-01-01T00:00:00Z
    expires_at: null
`;

test.each([
  ["seed.json", JSON.stringify(seed)],
  ["for-editors.json", JSON.stringify({ $schema: "./seed.schema.json", ...seed })],
  ["seed.yaml", yaml],
  ["seed.yml", yaml],
])("%s says whom the double knows, and with which credentials", async (name, text) => {
  await using folder = await testFolder();
  await using double = await startCommand(["--seed-file", await folder.write(name, text)]);
  const headers = { authorization: `Bearer ${secret}`, "x-business-id": business, "content-type": "application/json" };

  const list = await fetch(`${double.url}/api/v1/tokens`, { headers });
  const create = await fetch(`${double.url}/api/v1/tokens`, { method: "POST", headers, body: '{"name":"more"}' });

  expect({ status: list.status, body: await list.json() }).toMatchObject({
    status: 200,
    body: { items: [{ name: "ci", created_at: "2026-01-01T00:00:00Z", expires_at: null }] },
  });
  expect(create.status).toBe(403);
});

test.concurrent.each([
  ["seed.json", '{"usres": []}', ': unknown name "usres"; did you mean "users"?'],
  ["seed.yaml", "users:\n  - emial: ann@example.com\n", ': users.0: unknown name "emial"; did you mean "email"?'],
  [
    "seed.yaml",
    `businesses:\n  - id: ${business}\n    members: [{ user: ann@example.com }]\n`,
    ": businesses.0.members.0.user: there is no user ann@example.com; add it under users",
  ],
  [
    "seed.json",
    JSON.stringify({ tokens: seed.tokens }),
    ": tokens.0.user: there is no user ann@example.com; add it under users",
  ],
  [
    "seed.json",
    JSON.stringify({ users: [...seed.users, ...seed.users] }),
    ": users: ann@example.com is there already; each may be there once",
  ],
  [
    "seed.json",
    JSON.stringify({ ...seed, tokens: [{ ...seed.tokens[0], secret: "pinned" }] }),
    ": tokens.0.secret: must begin with dz_ and go on with at least 8 letters, digits, dots, hyphens and underscores",
  ],
  [
    "seed.json",
    JSON.stringify({ ...seed, tokens: [{ ...seed.tokens[0], name: "" }] }),
    ": tokens.0.name: String should have at least 1 character",
  ],
  ["seed.json", '{\n  "users": [\n    {"email" "a"}\n  ]\n}', ":3:14: is no JSON: Expecting ':' delimiter"],
  ["seed.json", "", ":1:1: is no JSON: Expecting value"],
  [
    "seed.yaml",
    "users: [\n",
    ":2:1: is no YAML: Flow sequence in block collection must be sufficiently indented and end with a ]",
  ],
  ["seed.yaml", "", ": Invalid input: expected object, received null"],
])("the seed file %s that holds %j ends with 2 and says where", async (name, text, sentence) => {
  await using folder = await testFolder();
  const path = await folder.write(name, text);

  expect(await runCommand(["--port", "0", "--seed-file", path])).toEqual({
    code: 2,
    stdout: "",
    stderr: `dayzero-double: ${path}${sentence}\n`,
  });
});
