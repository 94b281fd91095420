import createClient from "openapi-fetch";
import type { paths as ApiPaths } from "./openapi-typescript/api.ts";
import type { paths as ControlPaths } from "./openapi-typescript/control.ts";

/** Works a double through clients of openapi-typescript and openapi-fetch; answers with what came of it. */
export async function workThrough(baseUrl: string) {
  const control = createClient<ControlPaths>({ baseUrl });
  const sandbox = (await control.POST("/_double/sandboxes", { body: { clock: { freeze: "2030-01-01T00:00:00.5Z" } } }))
    .data;
  const business_id = sandbox?.business_id ?? "";
  const api = createClient<ApiPaths>({
    baseUrl,
    headers: { authorization: `Bearer ${sandbox?.token}`, "x-business-id": business_id },
  });

  const clock = await control.PUT("/_double/clock", {
    params: { query: { business_id } },
    body: { freeze: "2030-01-02T00:00:00.5Z" },
  });
  const advanced = await control.POST("/_double/clock/advance", {
    params: { query: { business_id } },
    body: { duration: "P1D" },
  });
  await control.POST("/_double/faults", { body: { match: { business_id }, effect: { latency: { fixed_ms: 1 } } } });
  const fault = await control.POST("/_double/faults", {
    body: {
      match: { operation: "listTokens", business_id },
      effect: { status: 503, body: { detail: "later" }, headers: { "retry-after": "1" } },
      times: 1,
    },
  });
  const faults = await control.GET("/_double/faults", { params: { query: { business_id } } });

  const created = await api.POST("/api/v1/tokens", { body: { name: "generated", expires_in_days: 1 } });
  const faulty = await api.GET("/api/v1/tokens");
  const listed = await api.GET("/api/v1/tokens", { params: { query: { limit: 10, sort_by: "name" } } });
  const path = { token_id: created.data?.token_info.id ?? "" };
  const revoked = await api.POST("/api/v1/tokens/{token_id}/revoke", {
    params: { path },
    body: { reason: "rotated" },
  });
  const again = await api.POST("/api/v1/tokens/{token_id}/revoke", { params: { path } });

  const expectation = await control.POST("/_double/journal/expect", {
    body: { match: { operation: "createToken", business_id, status: 201 } },
  });
  const unmet = await control.POST("/_double/journal/expect", {
    body: { match: { business_id, status: 418 }, count: { min: 1 } },
  });
  const journal = await control.GET("/_double/journal", { params: { query: { business_id, status: 201 } } });
  const reset = await control.POST("/_double/reset", { body: { business_id, keep: ["clock"] } });
  const gone = await control.DELETE("/_double/faults/{id}", { params: { path: { id: fault.data?.id ?? "" } } });

  return {
    frozen: clock.data?.mode,
    now: advanced.data?.now,
    faults: faults.data?.faults.length,
    created: created.data?.token_info.expires_at,
    faulty: faulty.response.status,
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
