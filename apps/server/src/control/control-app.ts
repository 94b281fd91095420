import { controlContract } from "@dayzero-tokens/contract/control";
import { parseQuery } from "@dayzero-tokens/fastapi";
import { createExpressEndpoints, RequestValidationError } from "@ts-rest/express";
import express, { type ErrorRequestHandler, type Express } from "express";
import type * as z from "zod";
import { explainIssues } from "../steering/explain-issues.ts";
import { Conflict, NotPossible } from "../steering/not-possible.ts";
import { maskText } from "../world/mask.ts";
import type { World } from "../world/world.ts";
import { controlRoutes } from "./control-routes.ts";
import { documents, serveDocument, serveReference } from "./documents.ts";
import { type GuardOptions, guard } from "./guard.ts";
import { consoleFiles, serveConsole } from "./pages.ts";
import { readControlBody } from "./read-control-body.ts";
import { streamJournal } from "./stream-journal.ts";

/** The control plane as an Express app of its own: its requests are no exchanges. */
export function createControlApp(world: World, guardOptions: GuardOptions): Express {
  const app = express();
  app.disable("x-powered-by").disable("etag").set("query parser", parseQuery);
  app.response.json = function (body: unknown) {
    this.setHeader("content-type", "application/json");
    this.end(JSON.stringify(body));
    return this;
  };
  app.use(guard(guardOptions));
  app.use(readControlBody);
  app.use((req, res, next) => {
    if (req.method !== "GET") res.once("finish", () => world.changes.notify());
    next();
  });
  app.get("/_double/journal/stream", streamJournal(world));
  for (const [path, file] of Object.entries(consoleFiles)) app.get(path, serveConsole(file));
  for (const document of documents) {
    app.get(document.json, serveDocument(world, document));
    app.get(document.page, serveReference(world, document));
  }
  createExpressEndpoints(controlContract, controlRoutes(world), app, {
    requestValidationErrorHandler: (error, _req, _res, next) => next(error),
  });
  app.use((_req, res) => void res.status(404).json({ detail: "Not Found" }));
  app.use(answerControlError(world));
  return app;
}

const answerControlError =
  (world: World): ErrorRequestHandler =>
  (error, req, res, _next) => {
    // Whoever mixes up where a secret goes does not get it back.
    const refuse = (status: number, detail: string) => void res.status(status).json({ detail: maskText(detail) });
    if (error instanceof RequestValidationError) return refuse(422, whatIsWrong(error, req));
    if (error instanceof Conflict) return refuse(409, error.message);
    if (error instanceof NotPossible) return refuse(422, error.message);
    if (error instanceof RangeError) return refuse(422, error.message);
    world.report("The control plane is at fault", error);
    res.status(500).json({ detail: "The control plane is at fault; its log says more" });
  };

function whatIsWrong({ query, body }: RequestValidationError, req: object): string {
  // ts-rest leaves the route that it matched on the request.
  const { tsRestRoute } = req as { tsRestRoute: { query?: z.ZodType; body?: z.ZodType } };
  const parts = [
    [query, tsRestRoute.query],
    [body, tsRestRoute.body],
  ] as const;
  return parts.flatMap(([error, schema]) => (error && schema ? [explainIssues(error.issues, schema)] : [])).join("; ");
}
