import { controlContract } from "@dayzero-tokens/contract/control";
import { type OpenApiDocument, openapi } from "@dayzero-tokens/contract/openapi";
import { createExpressEndpoints, RequestValidationError } from "@ts-rest/express";
import express, { type ErrorRequestHandler, type Express } from "express";
import type * as z from "zod";
import { parseQuery } from "../fastapi/query.ts";
import type { World } from "../world.ts";
import { controlRoutes } from "./control-routes.ts";
import { explainIssues } from "./explain-issues.ts";
import { type GuardOptions, guard } from "./guard.ts";
import { controlOpenapi } from "./info.ts";
import { Conflict, NotPossible } from "./not-possible.ts";
import { consoleFiles, serveConsole, serveReference } from "./pages.ts";
import { readControlBody } from "./read-control-body.ts";
import { streamJournal } from "./stream-journal.ts";

/** The control plane as an Express app of its own: its requests are no exchanges. */
export function createControlApp(world: World, guardOptions: GuardOptions): Express {
  const app = express();
  app.disable("x-powered-by").disable("etag").set("query parser", parseQuery);
  app.use(guard(guardOptions));
  app.use(readControlBody);
  app.use((req, res, next) => {
    if (req.method !== "GET") res.once("finish", () => world.changes.notify());
    next();
  });
  app.get("/_double/journal/stream", streamJournal(world));
  for (const [path, file] of Object.entries(consoleFiles)) app.get(path, serveConsole(file));
  app.get("/_double/docs", serveReference(bothDocuments));
  app.get("/_double/openapi.json", (_req, res) => void res.json(bothDocuments()));
  createExpressEndpoints(controlContract, controlRoutes(world), app, {
    requestValidationErrorHandler: (error, _req, _res, next) => next(error),
  });
  app.use((_req, res) => void res.status(404).json({ detail: "Not Found" }));
  app.use(answerControlError(world));
  return app;
}

/** Upstream's routes and the control plane's in one document. */
function bothDocuments(): OpenApiDocument {
  const [api, control] = [openapi(), controlOpenapi()];
  return {
    openapi: "3.1.0",
    info: control.info,
    paths: { ...api.paths, ...control.paths },
    components: { schemas: { ...api.components.schemas, ...control.components.schemas } },
  };
}

const answerControlError =
  (world: World): ErrorRequestHandler =>
  (error, req, res, _next) => {
    if (error instanceof RequestValidationError) return void res.status(422).json({ detail: whatIsWrong(error, req) });
    if (error instanceof Conflict) return void res.status(409).json({ detail: error.message });
    if (error instanceof NotPossible) return void res.status(422).json({ detail: error.message });
    if (error instanceof RangeError) return void res.status(422).json({ detail: error.message });
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
