// The nearest that MSW does of a create: a handler reads the body and answers, without credentials or memory. Prints how
// many calls a second came back, once warm. A process of its own: what MSW puts around fetch would slow down the others.
import { randomUUID } from "node:crypto";
import { HttpResponse, http } from "msw";
import { setupServer } from "msw/node";

const create = http.post("http://double/api/v1/tokens", async ({ request }) => {
  const { name } = await request.json();
  if (typeof name !== "string" || name === "") return HttpResponse.json({ detail: "name" }, { status: 422 });
  const now = new Date().toISOString();
  const info = { id: randomUUID(), jti: randomUUID(), name, token_prefix: "dz_abc...", created_at: now };
  return HttpResponse.json({ token: "dz_abc", token_info: info }, { status: 201 });
});
setupServer(create).listen({ onUnhandledRequest: "error" });

const headers = { authorization: "Bearer dz_any", "x-business-id": "any", "content-type": "application/json" };
async function callsInASecond() {
  const until = performance.now() + 1000;
  let calls = 0;
  for (; performance.now() < until; calls += 1) {
    const response = await fetch("http://double/api/v1/tokens", { method: "POST", headers, body: '{"name":"ci"}' });
    if (response.status !== 201) throw new Error(`answered ${response.status}`);
    await response.json();
  }
  return calls;
}
await callsInASecond();
process.stdout.write(String(await callsInASecond()));
