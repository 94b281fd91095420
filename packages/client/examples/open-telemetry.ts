import type { DayZeroOptions, ErrorEvent, RequestEvent, ResponseEvent } from "@dayzero-tokens/client";
import { context, type Span, SpanKind, SpanStatusCode, type Tracer, trace } from "@opentelemetry/api";

/** Hooks that make a span of each call, and below it one of each attempt: `new DayZero({ ...traced(tracer) })`. */
export function traced(tracer: Tracer): Pick<DayZeroOptions, "onError" | "onRequest" | "onResponse"> {
  const calls = new Map<string, Span>();
  const attempts = new Map<string, Span>();

  function onRequest({ callId, operation, method, url, attempt }: RequestEvent) {
    const call = calls.get(callId) ?? tracer.startSpan(operation);
    calls.set(callId, call);
    const attributes = { "http.request.method": method, "url.full": url, "http.request.resend_count": attempt - 1 };
    const parent = trace.setSpan(context.active(), call);
    attempts.set(callId, tracer.startSpan(method, { kind: SpanKind.CLIENT, attributes }, parent));
  }

  function onResponse({ callId, status, ok, requestId }: ResponseEvent) {
    const attempt = attempts.get(callId);
    attempt?.setAttribute("http.response.status_code", status);
    if (requestId !== undefined) attempt?.setAttribute("dayzero.request_id", requestId);
    // What is not a success is told to onError next.
    if (ok) end(callId);
  }

  function onError({ callId, operation, error, wait }: ErrorEvent) {
    // A call that can't be sent had no request.
    if (!calls.has(callId)) calls.set(callId, tracer.startSpan(operation));
    const status = { code: SpanStatusCode.ERROR, message: error.message };
    attempts.get(callId)?.setAttribute("error.type", error.code).setStatus(status);
    if (wait !== undefined) return endAttempt(callId);
    calls
      .get(callId)
      ?.setAttribute("error.type", error.code)
      .setAttribute("dayzero.outcome", error.outcome)
      .setStatus(status);
    end(callId);
  }

  function endAttempt(callId: string) {
    attempts.get(callId)?.end();
    attempts.delete(callId);
  }

  function end(callId: string) {
    endAttempt(callId);
    calls.get(callId)?.end();
    calls.delete(callId);
  }

  return { onRequest, onResponse, onError };
}
