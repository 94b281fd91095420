import { bounded } from "./bounded.ts";
import { type Answer, type Failed, messageOf, type PreparedCall, type Progress, type Reply } from "./call.ts";
import { withoutSecrets } from "./causes.ts";
import { open } from "./envelope.ts";
import type { Mask } from "./mask.ts";
import { largestBody } from "./read-body.ts";
import { apiError, outcomeOf, readRefusal } from "./refusals.ts";
import { ResponseFormatError } from "./response-format-error.ts";
import { readRetryAfter } from "./retries.ts";
import { type FieldsShape, misfit } from "./shape.ts";

const anyObject: FieldsShape = {};

/** What an answer that came means: data, a refusal, or nothing that can be trusted. `before` is what was known till then. */
export async function judge(
  call: PreparedCall,
  before: Progress,
  response: Response,
  text: string,
  isWhole: boolean,
): Promise<Answer> {
  if (!response.ok) return judgeRefusal(call, before, response, text);
  const { config, route, options, limits } = call;
  const reply = replyOf(response, config.mask);
  const contentType = config.mask.text(response.headers.get("content-type") ?? "");
  const progress: Progress = { attempts: before.attempts + 1, outcome: "unknown" };
  const refuse = (what: string, facts: { cause?: unknown } = {}): Failed => ({
    ...reply,
    error: new ResponseFormatError(
      messageOf(call, progress, `was answered with ${response.status} ${contentType}: ${what}`),
      { ...progress, status: response.status, requestId: reply.requestId, contentType, text, ...facts },
    ),
  });

  if (!isWhole) return refuse(`it is larger than ${largestBody} bytes`);
  const body = parseJson(text);
  if (body === undefined) return refuse("it is not JSON");
  const { data, path, isFailure } = open(body, route.shape);
  if (isFailure) return refuse("success is false");
  const check = config.responseValidation ?? "shape";
  const wrong = misfit(data, check === "shape" ? route.shape : anyObject, path);
  if (wrong !== undefined) return refuse(`unexpected ${wrong}`);
  try {
    if (typeof check === "function")
      await bounded(async () => check(route.operation, data), limits.timeout, options.signal);
  } catch (cause) {
    return refuse("responseValidation refused it", { cause: withoutSecrets(cause, config.mask) });
  }
  return { ...reply, body: data, refuse };
}

function judgeRefusal(call: PreparedCall, before: Progress, response: Response, text: string): Failed {
  const { status } = response;
  const { mask } = call.config;
  const reply = replyOf(response, mask);
  const retryAfter = readRetryAfter(response.headers);
  const { body, detail, issues } = readRefusal(status, text, mask);
  const progress: Progress = {
    attempts: before.attempts + 1,
    // What an earlier attempt may have done, this refusal does not undo.
    outcome: before.outcome === "unknown" ? "unknown" : outcomeOf(status, retryAfter),
  };
  const line = status < 400 ? "redirects are refused" : detail.replace(/\s+/g, " ").slice(0, 300);
  const error = apiError(messageOf(call, progress, `failed with ${status}${line && ": "}${line}`), {
    ...progress,
    status,
    detail: detail.slice(0, 2048),
    issues,
    retryAfter,
    requestId: reply.requestId,
  });
  return { ...reply, body: call.route.refusals.includes(status) ? body : undefined, error };
}

function replyOf(response: Response, mask: Mask): Reply {
  const headers = mask.answerHeaders(response.headers);
  return { response, headers, requestId: headers.get("x-request-id") ?? undefined };
}

/** The value, or undefined where it is not JSON. The error is dropped: it may quote a piece of a secret. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
