import { readFile } from "node:fs/promises";
import { openapi } from "@dayzero-tokens/contract/openapi";
import { expect, test } from "vitest";
import { controlOpenapi } from "../src/steering/info.ts";
import { runCommand, testFolder } from "./command.ts";

test.each([
  ["the API's document", ["openapi"], openapi()],
  ["the API's document with its successes in envelopes", ["openapi", "--envelope"], openapi({ envelope: true })],
  ["the control plane's document", ["openapi", "--control"], controlOpenapi()],
])("%s goes to stdout", async (_, args, document) => {
  const { code, stdout, stderr } = await runCommand(args);

  expect({ code, stderr, document: JSON.parse(stdout) }).toEqual({
    code: 0,
    stderr: "",
    document: JSON.parse(JSON.stringify(document)),
  });
});

test("--out writes it to a file", async () => {
  await using folder = await testFolder();
  const path = `${folder.path}/openapi.json`;

  expect(await runCommand(["openapi", "--out", path])).toEqual({ code: 0, stdout: "", stderr: "" });
  expect(JSON.parse(await readFile(path, "utf8"))).toMatchObject({ openapi: "3.1.0" });
});

test("a file that cannot be written ends with 1", async () => {
  expect(await runCommand(["openapi", "--out", "/no/openapi.json"])).toEqual({
    code: 1,
    stdout: "",
    stderr: "dayzero-double: ENOENT: no such file or directory, open '/no/openapi.json'\n",
  });
});
