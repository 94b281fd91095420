import { type OpenApiDocument, type OpenApiServer, openapi } from "@dayzero-tokens/contract/openapi";
import type { Request, RequestHandler } from "express";
import { controlOpenapi } from "../steering/info.ts";
import type { World } from "../world/world.ts";
import { sendPage } from "./pages.ts";
import { referencePage } from "./reference-page.ts";

/** An OpenAPI document, and where it is served: as JSON, and as a page for people. */
interface ServedDocument {
  readonly of: string;
  readonly json: string;
  readonly page: string;
  /** Tools take the first server: the double that was asked. */
  readonly write: (here: OpenApiServer, world: World) => OpenApiDocument;
}

/** The documents of the control plane, and of the API that the double stands in for. */
export const documents: readonly ServedDocument[] = [
  {
    of: "control plane",
    json: "/_double/openapi.json",
    page: "/_double/docs",
    write: (here) => ({ ...controlOpenapi(), servers: [here] }),
  },
  {
    of: "API",
    json: "/_double/api/openapi.json",
    page: "/_double/api/docs",
    write: (here, { envelope }) => {
      const document = openapi({ envelope });
      return { ...document, servers: [here, ...document.servers] };
    },
  },
];

/** Serves a document as JSON. */
export const serveDocument =
  (world: World, { write }: ServedDocument): RequestHandler =>
  (req, res) =>
    void res.json(write(serverOf(req), world));

/** Serves a document as a page. */
export const serveReference =
  (world: World, { write, json }: ServedDocument): RequestHandler =>
  (req, res) =>
    sendPage(res, "text/html", referencePage(write(serverOf(req), world), { json, references: documents }));

const serverOf = ({ protocol, host }: Request): OpenApiServer => ({
  url: `${protocol}://${host}`,
  description: "This double",
});
