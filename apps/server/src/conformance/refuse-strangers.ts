import { CannotRun } from "./cannot-run.ts";
import type { Send } from "./case.ts";
import { Normaliser } from "./normalise.ts";
import { type Exchanged, sendTo, startingMemory, type Target, tampered } from "./target.ts";
import { visible } from "./visible.ts";

const list: Send = { method: "GET", path: "/api/v1/tokens" };

/** The first would do for the API; the others are for a target that differs in just this. */
const questions: readonly [of: string, send: Send][] = [
  ["", list],
  [", no credentials", { ...list, authorization: null, business: null }],
  ["", { ...list, path: "/api/v1/nope" }],
];

/**
 * Rejects with CannotRun where a target gives three answers that no case allows for: it is something else. One answer
 * that could be the API's is enough; what is wrong with it, the cases tell.
 */
export async function refuseStrangers(target: Target, patience: number): Promise<void> {
  const met: string[] = [];
  for (const [how, send] of questions) {
    const answer = await sendTo(target, send, startingMemory(target), AbortSignal.timeout(patience)).catch(
      () => undefined,
    );
    // No answer says nothing of who would have given it.
    if (answer === undefined || couldBeTheApi(answer)) return;
    met.push(`  ${send.path}${how}: ${summary(answer, target)}`);
  }
  throw new CannotRun(
    [
      `${target.url} does not answer as the API does:`,
      ...met,
      "--target is the address below which /api/v1/tokens is, such as",
      "https://api.ondayzero.com",
    ].join("\n"),
  );
}

/** Generous: what differs in details is to be verified. A server that is busy or ill may be anybody's. */
function couldBeTheApi({ status, body }: Pick<Exchanged, "status" | "body">): boolean {
  if (status === 429 || status >= 500) return true;
  const has = (name: string) => [body, Object(body)["data"]].some((part) => Object.hasOwn(Object(part), name));
  if (status >= 400) return has("detail");
  return status < 300 && has("items");
}

const longest = 28;

/** In a line; what the target repeats of the secret is not in it. */
function summary({ status, responseHeaders, text }: Exchanged, target: Target): string {
  const masked = new Normaliser([target.token, tampered(target.token)]).text(text);
  const start = visible(masked.slice(0, longest)) + (masked.length > longest ? "…" : "");
  const [type = ""] = (responseHeaders.get("content-type") ?? "").split(";");
  return [status, visible(type), start].filter((part) => part !== "").join(" ");
}
