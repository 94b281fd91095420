import { createClient } from "./hey-api/api/client/index.ts";
import * as api from "./hey-api/api/sdk.gen.ts";
import { createClient as createControlClient } from "./hey-api/control/client/index.ts";
import * as control from "./hey-api/control/sdk.gen.ts";

/** Works a double through clients of @hey-api/openapi-ts; answers with what came of it. */
export async function workThrough(baseUrl: string) {
  const client = createControlClient({ baseUrl });
  const sandbox = (await control.createSandbox({ client, body: { clock: { freeze: "2030-01-01T00:00:00.5Z" } } })).data;
  const business_id = sandbox?.business_id ?? "";
  const query = { business_id };
  const caller = {
    client: createClient({ baseUrl, auth: sandbox?.token ?? "", headers: { "x-business-id": business_id } }),
  };

  const clock = await control.setClock({ client, query, body: { freeze: "2030-01-02T00:00:00.5Z" } });
  const advanced = await control.advanceClock({ client, query, body: { duration: "P1D" } });
  await control.addFault({ client, body: { match: { business_id }, effect: { latency: { fixed_ms: 1 } } } });
  const fault = await control.addFault({
    client,
    body: {
      match: { operation: "listTokens", business_id },
      effect: { status: 503, body: { detail: "later" }, headers: { "retry-after": "1" } },
      times: 1,
    },
  });
  const faults = await control.listFaults({ client, query });

  const created = await api.createTokenApiV1TokensPost({ ...caller, body: { name: "generated", expires_in_days: 1 } });
  const { stream } = await control.streamJournal({ client, query, headers: { "last-event-id": "0" } });
  const streamed: unknown[] = [];
  for await (const entry of stream) {
    if ("operation" in entry) streamed.push(entry.operation);
    break;
  }
  const faulty = await api.listTokensApiV1TokensGet(caller);
  const listed = await api.listTokensApiV1TokensGet({ ...caller, query: { limit: 10, sort_by: "name" } });
  const path = { token_id: created.data?.token_info.id ?? "" };
  const revoked = await api.revokeTokenApiV1TokensTokenIdRevokePost({ ...caller, path, body: { reason: "rotated" } });
  const again = await api.revokeTokenApiV1TokensTokenIdRevokePost({ ...caller, path });

  const expectation = await control.expect({
    client,
    body: { match: { operation: "createToken", business_id, status: 201 } },
  });
  const unmet = await control.expect({ client, body: { match: { business_id, status: 418 }, count: { min: 1 } } });
  const journal = await control.readJournal({ client, query: { business_id, status: 201 } });
  const reset = await control.reset({ client, body: { business_id, keep: ["clock"] } });
  const gone = await control.removeFault({ client, path: { id: fault.data?.id ?? "" } });

  return {
    frozen: clock.data?.mode,
    now: advanced.data?.now,
    faults: faults.data?.faults.length,
    streamed,
    created: created.data?.token_info.expires_at,
    faulty: faulty.response?.status,
    listed: listed.data?.items.map(({ name }) => name),
    revoked: revoked.data?.revocation_reason,
    again: again.error?.detail,
    met: expectation.data?.count,
    unmet: unmet.error !== undefined && "nearest" in unmet.error ? unmet.error.reason : undefined,
    journal: journal.data?.entries.map(({ operation }) => operation),
    reset: reset.data?.tokens,
    gone: gone.error?.detail,
  };
}
