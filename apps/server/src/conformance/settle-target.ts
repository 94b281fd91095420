import { Info } from "@dayzero-tokens/contract/control";
import { parseUuid } from "@dayzero-tokens/fastapi";
import { startDouble } from "../double/double.ts";
import { createSigningKey, judgeSecret } from "../tokens/secret.ts";
import { isLoopback } from "../world/loopback.ts";
import { wellKnown } from "../world/well-known.ts";
import { CannotRun } from "./cannot-run.ts";
import type { Carrier, Reply } from "./carrier.ts";
import type { Tier } from "./case.ts";
import { httpCarrier } from "./http-carrier.ts";
import { refuseStrangers } from "./refuse-strangers.ts";
import type { Target } from "./target.ts";

/** What somebody asks for; what is left out is settled here. */
export interface Wanted {
  /** Without one, a double is started. */
  readonly target?: string | undefined;
  readonly token?: string | undefined;
  readonly businessId?: string | undefined;
  readonly controlToken?: string | undefined;
  readonly tier?: Tier | undefined;
  readonly carrier?: Carrier;
  /** How long the target may take to say whether it is a double, and for each answer by which it is told from a stranger; in milliseconds. */
  readonly patience?: number;
}

export interface Settled extends AsyncDisposable {
  readonly target: Target;
  readonly tier: Tier;
  readonly isDouble: boolean;
}

/** Settles what to run against, as whom, and how far to go. Rejects with CannotRun where that cannot be. */
export async function settleTarget(wanted: Wanted): Promise<Settled> {
  if (wanted.target === undefined) return ownDouble(wanted);
  const url = parseUrl(wanted.target);
  const { carrier = httpCarrier, controlToken, patience = 10_000 } = wanted;
  refuseUnsendable(wanted.token);
  refuseExposure(url, wanted.token);
  const isDouble = saysThatItIsADouble(await askDouble({ carrier, url, patience }, "/_double/health"));
  const token = wanted.token ?? (isDouble ? wellKnown.secret : undefined);
  const businessId = wanted.businessId ?? (isDouble ? wellKnown.businessId : undefined);
  if (token === undefined) throw new CannotRun("a token is needed: give DAYZERO_API_TOKEN or --token");
  if (businessId === undefined || parseUuid(businessId) === undefined) {
    throw new CannotRun("the UUID of a business is needed: give DAYZERO_BUSINESS_ID or --business-id");
  }
  if (isDouble && judge(token) === "signature") {
    throw new CannotRun(
      `${url} is a double, and the token is none of a double's: leave it out to use the well-known one`,
    );
  }
  const tier = wanted.tier ?? (isDouble ? "full" : "read");
  if (tier === "full" && !isDouble) {
    throw new CannotRun(`--tier full steers a double, and ${url} is none: ask for --tier read or --tier write`);
  }
  const info = tier === "full" ? await askDouble({ carrier, url, controlToken, patience }, "/_double/info") : undefined;
  if (info !== undefined && !Info.safeParse(parse(info)).success) {
    throw new CannotRun(`${url} does not let itself be steered: give its --control-token, or ask for --tier write`);
  }
  const target = { url, token, businessId, carrier, controlToken };
  if (!isDouble) await refuseStrangers(target, patience);
  return { target, tier, isDouble, async [Symbol.asyncDispose]() {} };
}

async function ownDouble({ tier = "full" }: Wanted): Promise<Settled> {
  const double = await startDouble();
  const target = {
    url: double.url,
    token: wellKnown.secret,
    businessId: wellKnown.businessId,
    carrier: httpCarrier,
  };
  return { target, tier, isDouble: true, [Symbol.asyncDispose]: () => double.close() };
}

function parseUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol) || url.search !== "" || url.hash !== "") {
    throw new CannotRun(`${text} is no URL such as https://api.example.com`);
  }
  if (url.username !== "" || url.password !== "") throw new CannotRun("the URL must not hold credentials");
  return url.href.replace(/\/+$/, "");
}

/** The message does not repeat it. */
function refuseUnsendable(token: string | undefined): void {
  if (token === undefined || /^[!-~]+$/.test(token)) return;
  throw new CannotRun('the token must be what follows "Bearer ", without spaces or line breaks');
}

/** A token that may open something real is not sent where others can read it. */
function refuseExposure(url: string, token: string | undefined): void {
  const { protocol, hostname } = new URL(url);
  // A name may begin with "127." and lead anywhere.
  if (protocol === "https:" || isLoopback(hostname) || token === undefined || judge(token) === "unknown") return;
  throw new CannotRun(`the token would go to ${hostname} unencrypted, for everybody on the way to read: use https`);
}

/** "unknown" is what a double signed, "signature" what somebody else did; "malformed" may be anybody's. */
const judge = (token: string) => judgeSecret(token, createSigningKey());

interface Asked extends Pick<Target, "carrier" | "url" | "controlToken"> {
  readonly patience: number;
}

/** Asks what only a double answers; the API token is not sent. */
async function askDouble({ carrier, url, controlToken, patience }: Asked, path: string): Promise<Reply> {
  const headers: [string, string][] = controlToken === undefined ? [] : [["authorization", `Bearer ${controlToken}`]];
  const request = { method: "GET", url: url + path, headers, body: undefined, signal: AbortSignal.timeout(patience) };
  try {
    return await carrier.carry(request);
  } catch (cause) {
    throw new CannotRun(`no answer from ${url}: ${messageOf(cause)}`, { cause });
  }
}

const saysThatItIsADouble = (reply: Reply) => reply.status === 200 && Object(parse(reply))["status"] === "ok";

function parse({ text }: Reply): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  // A connection refused on every address of a name is one error with several in it, and no message of its own.
  if (error instanceof AggregateError) return error.errors.map(messageOf).join("; ");
  return error.cause instanceof Error ? messageOf(error.cause) : error.message;
}
