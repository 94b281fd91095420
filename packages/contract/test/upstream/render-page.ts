/** What of a JSON Schema the page shows. */
export interface Schema {
  readonly $ref?: string;
  readonly type?: string;
  readonly format?: string;
  readonly description?: string;
  readonly anyOf?: readonly Schema[];
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
}

interface Content {
  readonly content?: { readonly "application/json": { readonly schema?: Schema } };
}

export interface Operation {
  readonly tags: readonly string[];
  readonly summary: string;
  readonly description: string;
  readonly operationId: string;
  readonly requestBody?: Content;
  readonly responses: Readonly<Record<string, Content & { readonly description: string }>>;
}

export type Schemas = Readonly<Record<string, Schema>>;

/** Writes an operation of an OpenAPI document as upstream's site does. */
export function renderPage(method: string, path: string, operation: Operation, schemas: Schemas): string {
  const { tags, summary, description, operationId, requestBody = {}, responses } = operation;
  return [
    `# ${method} ${path}`,
    `> ${summary}`,
    `- **Tag:** ${tags.join(", ")}\n- **Operation ID:** \`${operationId}\``,
    "## Description",
    description,
    "## Request body",
    ...renderContent(requestBody, schemas),
    "## Responses",
    ...Object.entries(responses).flatMap(([status, response]) => [
      `### ${status} — ${response.description}`,
      ...renderContent(response, schemas),
    ]),
  ].join("\n\n");
}

function renderContent({ content }: Content, schemas: Schemas): string[] {
  const name = nameOf(content?.["application/json"].schema);
  return name === undefined ? [] : [`Schema: \`${name}\``, renderFields(name, schemas).join("\n")];
}

function renderFields(name: string, schemas: Schemas): string[] {
  const { properties = {}, required = [] } = schemas[name] ?? {};
  return Object.entries(properties).flatMap(([field, schema]) => {
    const inner = nameOf(schema) ?? nameOf(schema.items);
    const facts = [...typeOf(schema), ...(required.includes(field) ? ["required"] : [])].join(" · ");
    const description = schema.description === undefined ? "" : ` — ${schema.description}`;
    return [
      `- \`${field}\` (${facts})${inner === undefined ? "" : ` → \`${inner}\``}${description}`,
      ...(inner === undefined ? [] : renderFields(inner, schemas).map((line) => `  ${line}`)),
    ];
  });
}

/** The page does not say what may be null. */
function typeOf(schema: Schema): string[] {
  const { anyOf, type = nameOf(schema) ?? "", format, items } = schema;
  const alternatives = anyOf?.filter((each) => each.type !== "null").map(typeOf) ?? [];
  if (alternatives.length > 1) return [alternatives.join(" | ")];
  return (
    alternatives[0] ?? [type, ...(format === undefined ? [] : [format]), ...(items === undefined ? [] : typeOf(items))]
  );
}

const nameOf = (schema: Schema | undefined) => schema?.$ref?.split("/").at(-1);
