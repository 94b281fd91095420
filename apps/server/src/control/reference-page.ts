import type { OpenApiDocument } from "@dayzero-tokens/contract/openapi";

/** What a page leads to: the document that it shows, and the references that there are. */
interface Links {
  readonly json: string;
  readonly references: readonly { readonly of: string; readonly page: string }[];
}

/** An OpenAPI document as a page for people: every route with its parameters, bodies and answers. No script, no network. */
export function referencePage({ info, paths, components }: OpenApiDocument, { json, references }: Links): string {
  const links = references.map(({ of, page }) => `<a href="${page}">${of}</a>`);
  const routes = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => routeSection(method, path, Object(operation))),
  );
  const schemas = Object.entries(components.schemas).map(
    ([name, schema]) => `<section id="${escapeHtml(name)}"><h3>${escapeHtml(name)}</h3>${code(schema)}</section>`,
  );
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(info.title)}: reference</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/_double/console.css">
<header><h1>${escapeHtml(info.title)}</h1><p>version ${escapeHtml(info.version)}</p><nav><a href="/_double/">console</a> ${links.join(" ")} <a href="${json}">openapi.json</a></nav></header>
<main>${routes.join("\n")}
<h2 class="wide">Schemas</h2>
${schemas.join("\n")}</main>
</html>
`;
}

interface OperationObject {
  readonly summary?: string;
  readonly parameters?: readonly {
    readonly name: string;
    readonly in: string;
    readonly required?: boolean;
    readonly description?: string;
    readonly schema: unknown;
  }[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: unknown }>> };
  readonly responses: Readonly<Record<string, { readonly description: string; readonly content?: unknown }>>;
}

function routeSection(
  method: string,
  path: string,
  { summary = "", parameters = [], requestBody, responses }: OperationObject,
): string {
  const rows = parameters.map(
    (parameter) =>
      `<tr><td>${escapeHtml(parameter.name)}</td><td>${parameter.in}${parameter.required ? ", required" : ""}</td><td>${escapeHtml(parameter.description ?? JSON.stringify(parameter.schema))}</td></tr>`,
  );
  const answers = Object.entries(responses).map(
    ([status, { description }]) => `<tr><td>${status}</td><td colspan="2">${escapeHtml(description)}</td></tr>`,
  );
  const body = requestBody === undefined ? "" : `<p>Body</p>${code(Object.values(requestBody.content)[0]?.schema)}`;
  return `<section class="wide"><h3>${method.toUpperCase()} ${escapeHtml(path)}</h3><p>${escapeHtml(summary)}</p>
<table>${rows.join("")}${answers.join("")}</table>${body}</section>`;
}

/** A schema as JSON, its references as links. */
const code = (schema: unknown) =>
  `<pre>${escapeHtml(JSON.stringify(schema, null, 2)).replace(/#\/components\/schemas\/(\w+)/g, '<a href="#$1">$1</a>')}</pre>`;

const escapeHtml = (text: string) =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
