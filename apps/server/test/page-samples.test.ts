import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { APITokenCreateResponse } from "@dayzero-tokens/contract";
import { expect, test } from "vitest";
import { type Double, startDouble, wellKnown } from "../src/index.ts";
import { isHere, missing } from "./machine.ts";
import { sampleFor } from "./page-samples.ts";

const run = promisify(execFile);
// A proxy of the machine has nothing to do with a double on it.
const env = { ...process.env, no_proxy: "*" };
const targetOf = ({ url }: Double) => ({ url, secret: wellKnown.secret, businessId: wellKnown.businessId });

/** What a sample prints is its status and the answer to a token named "string", on two lines. */
async function expectCreated(double: Double, printed: string) {
  const [status, ...body] = printed.trim().split("\n");
  expect(status).toBe("201");
  const { token, token_info } = APITokenCreateResponse.parse(JSON.parse(body.join("\n")));
  expect(token_info).toMatchObject({ name: "string", description: null });
  const headers = { authorization: `Bearer ${token}`, "x-business-id": wellKnown.businessId };
  expect((await fetch(`${double.url}/api/v1/tokens`, { headers })).status).toBe(200);
}

test.skipIf(!isHere("curl"))(`the page's cURL sample creates a token${missing("curl")}`, async () => {
  await using double = await startDouble();
  // The sample prints the body alone; the function around curl makes it print the status as well.
  const sample = sampleFor(targetOf(double), "bash");

  const wrapper = `curl() { command curl --silent --write-out '\\n%{http_code}' "$@"; }`;
  const { stdout } = await run("sh", ["-c", `${wrapper}\n${sample}`], { env });

  const lines = stdout.split("\n");
  await expectCreated(double, [lines.at(-1), ...lines.slice(0, -1)].join("\n"));
});

test("the page's JavaScript sample creates a token", async () => {
  await using double = await startDouble();
  const sample = sampleFor(targetOf(double), "javascript");

  const { stdout } = await run(process.execPath, [
    "--input-type=module",
    "--eval",
    `${sample}\nconsole.log(response.status);\nconsole.log(JSON.stringify(data));`,
  ]);

  await expectCreated(double, stdout);
});

test.skipIf(!isHere("python3"))(
  `the page's Python sample creates a token, with a stand-in for httpx${missing("python3")}`,
  async () => {
    await using double = await startDouble();
    const sample = sampleFor(targetOf(double), "python");

    const { stdout } = await run(
      "python3",
      ["-c", `${sample}\nimport json\nprint(response.status_code)\nprint(json.dumps(data))`],
      {
        env: {
          ...env,
          PYTHONPATH: fileURLToPath(new URL("./python", import.meta.url)),
          PYTHONDONTWRITEBYTECODE: "1",
        },
      },
    );

    await expectCreated(double, stdout);
  },
);

test("a sample is changed in nothing but host and credentials", () => {
  const placeholders = { url: "https://api.ondayzero.com", secret: "dz_your_token", businessId: "YOUR_BUSINESS_ID" };

  expect(sampleFor(placeholders, "bash")).toBe(`curl -X POST 'https://api.ondayzero.com/api/v1/tokens' \\
  -H 'Authorization: Bearer dz_your_token' \\
  -H 'x-business-id: YOUR_BUSINESS_ID' \\
  -H 'Content-Type: application/json' \\
  -d '{
  "name": "string"
}'
`);
});
