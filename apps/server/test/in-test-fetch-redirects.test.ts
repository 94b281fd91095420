import { expect, test } from "vitest";
import { type Double, startDouble } from "../src/index.ts";
import { headersOf, wellKnownCaller } from "./calls.ts";

const headers = headersOf(wellKnownCaller);
const post: RequestInit = { method: "POST", headers, body: '{"name": "ci"}' };

/** Sends the next create elsewhere. */
const redirectCreate = ({ faults }: Double, status: number, location: string) =>
  faults.add({ match: { operation: "createToken" }, effect: { status, headers: { location } }, times: 1 });

const failure = async (request: Promise<Response>) => {
  const error: unknown = await request.catch((error: unknown) => error);
  if (!(error instanceof TypeError && error.cause instanceof Error)) throw error;
  return { message: error.message, cause: error.cause.message };
};

// What used to be: in process it stayed a POST, with its body.
test.each([
  [301, "GET"],
  [302, "GET"],
  [303, "GET"],
  [307, "POST"],
  [308, "POST"],
])("after a %i a POST goes on as a %s, in process as over a socket", async (status, method) => {
  await using double = await startDouble();
  for (const send of [fetch, double.fetch]) {
    redirectCreate(double, status, "/api/v1/tokens?limit=1");
    double.journal.clear();
    const response = await send(`${double.url}/api/v1/tokens`, post);

    expect({ status: response.status, url: response.url, redirected: response.redirected }).toEqual({
      status: method === "GET" ? 200 : 201,
      url: `${double.url}/api/v1/tokens?limit=1`,
      redirected: true,
    });
    expect(double.journal.entries()).toMatchObject([
      { method: "POST", status },
      { method, request: { query: { limit: "1" }, body: method === "GET" ? null : { name: "ci" } } },
    ]);
  }
});

test("a redirect is not followed by who wants to see it", async () => {
  await using double = await startDouble();
  for (const send of [fetch, double.fetch]) {
    const response = await send(`${double.url}/api/v1/tokens/`, { headers, redirect: "manual" });
    expect({
      status: response.status,
      location: response.headers.get("location"),
      url: response.url,
      redirected: response.redirected,
    }).toEqual({
      status: 307,
      location: `${double.url}/api/v1/tokens`,
      url: `${double.url}/api/v1/tokens/`,
      redirected: false,
    });
  }
});

test("a redirect is an error to who wants none", async () => {
  await using double = await startDouble();
  for (const send of [fetch, double.fetch]) {
    expect(await failure(send(`${double.url}/api/v1/tokens/`, { headers, redirect: "error" }))).toEqual({
      message: "fetch failed",
      cause: "unexpected redirect",
    });
  }
});

// What used to be: in process the reason was the same as where none is wanted.
test("who is sent round in circles gives up after 20 redirects", async () => {
  await using double = await startDouble();
  double.faults.add({ effect: { status: 307, headers: { location: "/api/v1/tokens" } } });
  for (const send of [fetch, double.fetch]) {
    double.journal.clear();
    expect(await failure(send(`${double.url}/api/v1/tokens`, { headers }))).toEqual({
      message: "fetch failed",
      cause: "redirect count exceeded",
    });
    expect(double.journal.entries()).toHaveLength(21);
  }
});

// What used to be: credentials went along to wherever a redirect led.
test("credentials don't follow a redirect to another origin", async () => {
  await using double = await startDouble();
  redirectCreate(double, 307, "https://elsewhere.example/api/v1/tokens");

  const response = await double.fetch(`${double.url}/api/v1/tokens`, post);

  expect({ status: response.status, url: response.url }).toEqual({
    status: 401,
    url: "https://elsewhere.example/api/v1/tokens",
  });
  const [first, second] = double.journal.entries().map(({ request }) => request.headers);
  expect(first).toHaveProperty("authorization");
  expect(second).not.toHaveProperty("authorization");
  expect(second).toMatchObject({ host: "elsewhere.example", "content-length": "14" });
});
