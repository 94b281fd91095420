import { contract, type Operation } from "@dayzero-tokens/contract";
import { type Place, problemsOf } from "@dayzero-tokens/fastapi";
import type { ServerInferRequest, ServerInferResponses } from "@ts-rest/core";
import type { Request, RequestHandler, Response } from "express";
import type * as z from "zod";
import { jsonAnswer } from "./answer.ts";
import { type Exchange, exchangeOf } from "./exchange.ts";
import { Refusal } from "./refusal.ts";
import { send } from "./send-answer.ts";

/** For each operation what does it: from the parts of a request, as the contract reads them, to a reply that fits it. */
export type OperationHandlers = { readonly [O in Operation]: Perform<(typeof contract)[O]> };

type Perform<R extends (typeof contract)[Operation]> = (
  request: Omit<ServerInferRequest<R>, "headers"> & { readonly res: Response },
) => Promise<ServerInferResponses<R>>;

/** What the contract says of an operation, the same for each. */
interface Route {
  readonly pathParams?: z.ZodType;
  readonly query?: z.ZodType;
  readonly body?: z.ZodType;
  readonly responses: Readonly<Record<number, z.ZodType>>;
}

/** Does what the request asks for: what comes in is read by the contract, what goes out is checked against it. */
export const performOperation =
  (handlers: OperationHandlers): RequestHandler =>
  async (req, res) => {
    const exchange = exchangeOf(res);
    const { operation } = exchange;
    if (operation === undefined) throw new Error("An operation is to be performed before the route is known");
    const route: Route = contract[operation];
    // One handler of several: that it belongs to the route, TypeScript cannot see.
    const perform = handlers[operation] as (request: object) => Promise<{ status: number; body: unknown }>;
    const { status, body } = await perform(readRequest(route, req, res));
    const reply = checkReply(route, status, body);
    const isEnveloped = status < 300 && speaksEnvelopes(exchange);
    send(res, jsonAnswer(status, JSON.stringify(isEnveloped ? { ...envelope, data: reply } : reply)));
  };

/** What stands around a success in the enveloped revision; the two texts are made up, and nobody may rely on them. */
const envelope = { success: true, message: "The request succeeded", code: "success" } as const;

/** Whether the exchange is in the enveloped revision: that of its sandbox or, unless that asked for one, of its double. */
const speaksEnvelopes = ({ world, businessId = "" }: Exchange): boolean =>
  world.sandboxes.get(businessId)?.envelope ?? world.envelope;

/** FastAPI reports the path first, then the query, then the body. */
function readRequest(route: Route, req: Request, res: Response) {
  const exchange = exchangeOf(res);
  const problems: unknown[] = [];
  const params = read(route.pathParams, exchange.params, "path", exchange.params, problems);
  const query = route.query && read(route.query, req.query, "query", req.query, problems);
  const body = read(route.body, req.body, "body", exchange.body, problems);
  if (problems.length > 0) throw new Refusal("fields.invalid", 422, problems);
  return { params, query, body, res };
}

/** The value as the schema reads it; where it does not fit, the problems say what is wrong with what was received. */
function read(schema: z.ZodType | undefined, value: unknown, place: Place, received: unknown, problems: unknown[]) {
  const result = schema?.safeParse(value);
  if (result?.success === false) problems.push(...problemsOf(result.error.issues, place, received));
  return result?.data;
}

function checkReply({ responses }: Route, status: number, body: unknown): unknown {
  const result = responses[status]?.safeParse(body);
  if (!result?.success)
    throw new Error(`The contract does not allow this reply with ${status}`, { cause: result?.error });
  return result.data;
}
