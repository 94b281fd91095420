import { type Answer, type Call, failure } from "./call.ts";
import { ResponseFormatError } from "./errors.ts";
import { parseJson } from "./parse-json.ts";
import { classOf, outcomeOf, readRefusal } from "./refusals.ts";
import { readRetryAfter } from "./retries.ts";
import { withoutSecrets } from "./secrets.ts";
import { misfit } from "./shape.ts";

/** What an answer that came means: data, a refusal, or nothing that can be trusted. */
export function judge(call: Call, response: Response, text: string): Answer {
  return response.ok ? judgeSuccess(call, response, text) : judgeRefusal(call, response, text);
}

function judgeSuccess(call: Call, response: Response, text: string): Answer {
  const { status, headers } = response;
  const { config, route } = call;
  const contentType = headers.get("content-type") ?? "";
  const refuse = (what: string, cause?: unknown) => ({
    response,
    error: failure(call, ResponseFormatError, `was answered with ${status} ${contentType}: ${what}`, {
      status,
      contentType,
      requestId: requestIdOf(response),
      ...(cause !== undefined && { cause: withoutSecrets(cause) }),
    }),
  });
  const body = parseJson(text);
  if (body === undefined) return refuse("it is not JSON");
  const check = config.responseValidation ?? "shape";
  const wrong = misfit(body, check === "shape" ? route.shape : {});
  if (wrong !== undefined) return refuse(`unexpected ${wrong}`);
  try {
    if (typeof check === "function") check(route.operation, body);
  } catch (cause) {
    return refuse("responseValidation refused it", cause);
  }
  return { response, body };
}

function judgeRefusal(call: Call, response: Response, text: string): Answer {
  const { status, headers } = response;
  const retryAfter = readRetryAfter(headers);
  const { body, detail, ...said } = readRefusal(status, text);
  call.outcome = outcomeOf(status, retryAfter);
  const line = status < 400 ? "redirects are not followed" : detail.replace(/\s+/g, " ").slice(0, 300);
  const error = failure(call, classOf(status), `failed with ${status}${line && ": "}${line}`, {
    status,
    detail: detail.slice(0, 2048),
    retryAfter,
    requestId: requestIdOf(response),
    ...said,
  });
  return { response, body: call.route.refusals.includes(status) ? body : undefined, error };
}

export const requestIdOf = (response: Response | undefined): string | undefined =>
  response?.headers.get("x-request-id") ?? undefined;
