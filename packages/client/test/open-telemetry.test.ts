import { SpanStatusCode } from "@opentelemetry/api";
import { BasicTracerProvider, InMemorySpanExporter, SimpleSpanProcessor } from "@opentelemetry/sdk-trace-base";
import { expect, test } from "vitest";
import { traced } from "../examples/open-telemetry.ts";
import { DayZero } from "../src/index.ts";
import { answer, created, listed, startRawServer } from "./raw-server.ts";
import { skipWaits } from "./waits.ts";

function recorder() {
  const exporter = new InMemorySpanExporter();
  const provider = new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] });
  const spans = () =>
    exporter.getFinishedSpans().map((span) => ({
      name: span.name,
      attributes: span.attributes,
      isError: span.status.code === SpanStatusCode.ERROR,
      parent: span.parentSpanContext?.spanId,
      id: span.spanContext().spanId,
    }));
  return { hooks: traced(provider.getTracer("test")), spans };
}

test("the example traces a call that succeeds late: a span of the call, and one of each attempt below it", async () => {
  skipWaits();
  const { hooks, spans } = recorder();
  await using server = await startRawServer((_, __, n) => (n === 0 ? answer(503) : listed));
  await new DayZero({ ...server.options, ...hooks }).tokens.list();
  const [first, second, call] = spans();
  expect([first, second, call]).toMatchObject([
    { name: "GET", parent: call?.id, isError: true, attributes: { "http.response.status_code": 503 } },
    { name: "GET", parent: call?.id, isError: false, attributes: { "http.request.resend_count": 1 } },
    { name: "tokens.list", parent: undefined, isError: false },
  ]);
  expect(spans()).toHaveLength(3);
});

test("the example traces failures with their code and outcome, calls that can't be sent too", async () => {
  const { hooks, spans } = recorder();
  await using server = await startRawServer((socket, _, n) => (n === 0 ? void socket.destroy() : created));
  const dayzero = new DayZero({ ...server.options, ...hooks });
  await Promise.all([dayzero.tokens.create({ name: "ci" }).result(), dayzero.tokens.revoke("").result()]);
  const calls = spans().filter(({ parent }) => parent === undefined);
  expect(calls.map(({ name, isError, attributes }) => [name, isError, attributes]).toSorted()).toEqual([
    ["tokens.create", true, { "error.type": "connection", "dayzero.outcome": "unknown" }],
    ["tokens.revoke", true, { "error.type": "config", "dayzero.outcome": "not_sent" }],
  ]);
  expect(spans()).toHaveLength(3);
});
